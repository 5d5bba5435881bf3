/** What is left of something in one hour, and what it would be if nothing had changed. */
export type Left = { readonly seen: number; readonly usual: number };

/** With this part of the old errors old releases are a large part of what was; a few of them never leave, or hardly one. */
export const MUCH = 0.25;
export const FEW = 0.05;
const FEWS = [FEW, 0.01];

/** The sum of n ** -1.5 over all n. */
const ALL_WEIGHTS = 2.612_375;

/** Under this share of the old errors, old releases are no large part of what was. */
export const LITTLE = 0.1;

/** In so many days from now old releases have to fade below that. */
const FADED_WITHIN_DAYS = 7;

export const HOURS_OF_DAY = 24;

/** A deploy that replaces a whole fleet is over then, and traffic is counted by the hour. */
export const SETTLED_HOURS = 2;

/** A roll-out in steps may take so long, and need not go on. */
const ROLL_OUT_HOURS = 8;

/** What is left is that of so many hours. */
const LEFT_HOURS = 6;

/** A fall has not ended if the newest hours have less than as many before; some falls take longer to show. */
const NEWEST_HOURS = [6, 12];

/** Standard errors of a fall that chance brings in 1 % of cases. */
const SURE = 2.33;

/**
 * Log of the evidence that something has stopped: by the mean likelihood of FEWS against MUCH, over the hours that it may
 * have stopped at, of which the first has most weight. It may be asked any number of times (an e-process, Ville): where MUCH is
 * left it exceeds log(1 / p) with a probability of at most p, ever.
 *
 * @param hours since the deploy, oldest first
 * @param dispersion of what is counted, at least 1
 * @param least hours that it has to have stopped for
 */
export function weighAbsence(hours: readonly Left[], dispersion: number, least = 0): number {
  let [seen, usual] = [0, 0];
  let evidence = 0;
  for (const [hour, left] of [...hours.entries()].toReversed()) {
    seen += left.seen;
    usual += left.usual;
    if (hours.length - hour < least) continue;
    const weight = 1 / (ALL_WEIGHTS * (hour + 1) ** 1.5);
    for (const few of FEWS)
      evidence +=
        (weight / FEWS.length) * Math.exp(((MUCH - few) * usual + seen * Math.log(few / MUCH)) / dispersion);
  }
  return toLog(evidence);
}

/**
 * Log of the evidence that something fades from one day to the next, so fast that under a tenth is left within seven days: at
 * the same hours, for what falls within a day may only sleep. By likelihood (two Poisson counts, given their sum) a mean of
 * three faster falls against the slowest that suffices. 0 if it has come to a halt since.
 *
 * @param hours since the deploy, oldest first
 * @param dispersion of what is counted, at least 1
 */
export function weighFall(hours: readonly Left[], dispersion: number): number {
  const newest = addHours(hours.slice(-LEFT_HOURS));
  const isLittle = newest.seen < LITTLE * newest.usual;
  const first = Math.max(
    HOURS_OF_DAY + (isLittle ? SETTLED_HOURS : ROLL_OUT_HOURS),
    hours.length - HOURS_OF_DAY,
  );
  if (hours.length <= first || (!isLittle && hasHalted(hours, dispersion))) return 0;
  const left = Math.max(LITTLE, newest.seen / newest.usual);
  const slow = (LITTLE / left) ** (1 / FADED_WITHIN_DAYS);
  const then = addHours(hours.slice(first - HOURS_OF_DAY, hours.length - HOURS_OF_DAY));
  const now = addHours(hours.slice(first));
  const weighed = [0.9, 0.6, 0.3].map((part) => {
    const usual = then.usual + now.usual * slow;
    const faster = then.usual + now.usual * slow * part;
    const log = now.seen * Math.log(part) + (now.seen + then.seen) * Math.log(usual / faster);
    return Math.exp(log / dispersion) / 3;
  });
  return toLog(weighed.reduce((sum, each) => sum + each, 0));
}

const hasHalted = (hours: readonly Left[], dispersion: number): boolean =>
  NEWEST_HOURS.every(
    (length) =>
      scoreFall(addHours(hours.slice(-2 * length, -length)), addHours(hours.slice(-length))) <
      SURE * Math.sqrt(dispersion),
  );

/** By how many standard errors something is less than it was; below 0: it is more. Poisson, given the sum. */
export function scoreFall(then: Left, now: Left): number {
  const error = Math.sqrt((then.seen + now.seen) * then.usual * now.usual);
  return error > 0 ? (then.seen * now.usual - now.seen * then.usual) / error : 0;
}

/** Several hours as one. */
export const addHours = (hours: readonly Left[]): Left => ({
  seen: hours.reduce((sum, { seen }) => sum + seen, 0),
  usual: hours.reduce((sum, { usual }) => sum + usual, 0),
});

const toLog = (evidence: number): number =>
  Math.log(Math.min(Math.max(evidence, Number.MIN_VALUE), Number.MAX_VALUE));
