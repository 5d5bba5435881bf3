import { measureBaseline, type RecoveryBaseline } from "./baseline.ts";
import { type ControlSummary, hasSay, prepareControl } from "./control.ts";
import { hoursForExposure } from "./eta.ts";
import { exposureToRecovery } from "./evidence.ts";
import { weighFade } from "./fade.ts";
import { isYoung, stoppedAfter } from "./flare.ts";
import { GATES } from "./gates.ts";
import { capInHours, carriesEvidence, countHours } from "./hours.ts";
import { leastWithoutPrecedent, rankQuiet } from "./rank.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { checkSeries, clipExposure, type Series, type SeriesTally, tallySeries } from "./series.ts";
import { countAlone, makeCounts, type RecoveryInput, type RecoverySummary, ratePerHour } from "./summary.ts";
import { cutForTrend, estimateTrend } from "./trend.ts";
import { uptimeMissing } from "./uptime.ts";

/** Reduces the buckets to the numbers that the rule needs. */
export function summarise(input: RecoveryInput): RecoverySummary {
  checkSeries("baseline", input.baseline);
  return summariseSince(measureBaseline(input.baseline, input), input);
}

/** The same of a baseline that was measured before, as each look at an incident has it. */
export function summariseSince(
  baseline: RecoveryBaseline,
  input: Omit<RecoveryInput, "baseline">,
): RecoverySummary {
  checkSeries("since", input.since);
  const since = clipExposure(input.since, baseline.ceiling);
  const tally = tallySeries(since, (bucket) => carriesEvidence(baseline.hours, bucket));
  const control = input.control && compareReleases(baseline, since, input.control, input);
  const buckets = since.exposure.length;
  const summary = summariseAgainst(baseline, tally, buckets, input, control?.(buckets));
  if (input.split === false) return { ...summary, steady: weighFade(since, makeCounts(summary)) };
  const trend = input.split ? estimateTrend(cutForTrend(since)) : undefined;
  return trend === undefined ? summary : { ...summary, trend };
}

/** @param since the buckets since the deploy, exposure clipped */
export function compareReleases(
  baseline: RecoveryBaseline,
  since: Series,
  old: Series,
  { baselineBeginsAtFirstEvent }: Pick<RecoveryInput, "baselineBeginsAtFirstEvent">,
): (buckets: number) => ControlSummary {
  checkSeries("control", old);
  const counts = makeCounts({ ...describeBaseline(baseline, baselineBeginsAtFirstEvent), c: 0, E: 0 });
  return prepareControl(since, clipExposure(old, baseline.ceiling), counts);
}

/** The numbers of the baseline that the likelihood ratios need. */
export const describeBaseline = ({ tally, cut, phi, spread }: RecoveryBaseline, first: boolean) => ({
  active0: tally.active,
  events0: tally.events,
  known0: tally.known,
  n0: tally.counted,
  E0: tally.exposure,
  first: first && !cut,
  phi,
  spread,
});

/**
 * @param since the buckets since the deploy, exposure clipped
 * @param buckets how many they are, unknown ones included
 * @param control releases with the fix beside those without it
 */
export function summariseAgainst(
  baseline: RecoveryBaseline,
  since: SeriesTally,
  buckets: number,
  input: Omit<RecoveryInput, "baseline" | "since" | "control">,
  control?: ControlSummary,
): RecoverySummary {
  const { runs } = baseline;
  const rank = rankQuiet(runs, since.exposure / RULE.precedent, since.active);
  const facts = {
    rule: RULE.version,
    ...describeBaseline(baseline, input.baselineBeginsAtFirstEvent),
    c: since.active,
    E: since.exposure,
    events: since.events,
    known: since.known,
    buckets,
    windows: rank.windows,
    quiet: rank.quiet,
    clock: input.clock,
    hours: input.hoursSinceDeploy,
    ...limitTime(baseline, since, buckets, input),
    ...(control && { control }),
    ...(isYoung(baseline, input) && !hasSay(control) && { young: true as const }),
  };
  const quietest = rank.quiet === 0 ? 0 : leastWithoutPrecedent(runs, since.active);
  const unprecedented = Math.max(0, (quietest - since.exposure) * (1 + 1e-9));
  const etaAlone = hoursToRecovery({ ...facts, spread: undefined }, baseline, unprecedented);
  const vouched = { ...facts, eta: hoursToRecovery(facts, baseline, unprecedented), etaAlone };
  return mayBeRest(vouched, baseline) ? countAlone(vouched) : vouched;
}

/** Whether the silence is so long that it may be days of rest, of which the baseline has not seen a week's. */
const mayBeRest = ({ hours, eta }: RecoverySummary, { exposure }: RecoveryBaseline): boolean =>
  exposure.length < RULE.rest.seenBuckets && eta !== null && hours + eta > RULE.rest.hours;

type Limits = Pick<RecoverySummary, "cap" | "shut" | "uptime" | "aside" | "carried" | "evidenceHours">;

/** The cap and the gates, and what the hours and the uptime have to say on them. */
function limitTime(
  baseline: RecoveryBaseline,
  { aside }: SeriesTally,
  buckets: number,
  { capHours, hoursSinceDeploy, starts = [], gates }: Omit<RecoveryInput, "baseline" | "since">,
): Limits {
  const { hours, uptime } = baseline;
  const cap = capHours ?? chooseCap(baseline);
  const restarts = starts.map((start) => (start - baseline.exposure.length) / BUCKETS_PER_HOUR);
  const missing = uptime === null ? 0 : uptimeMissing(uptime, restarts, hoursSinceDeploy);
  return {
    cap,
    shut: GATES.filter((gate) => gates?.[gate] === false || (gate === "uptime" && missing > 0)),
    ...(uptime && { uptime: { ...uptime, missing } }),
    ...(hours && {
      aside,
      carried: { hours: countHours(hours, buckets), cap: countHours(hours, cap * BUCKETS_PER_HOUR) },
      ...(!hours.unseen && { evidenceHours: hours }),
    }),
  };
}

/** Clock hours after which it is inconclusive: those of hours that carry evidence, and more than the uptime needed. */
export function chooseCap({ tally, hours, uptime }: RecoveryBaseline): number {
  const isRare = ratePerHour(tally.active, tally.known) < RULE.rarePerHour;
  const cap = capInHours(isRare ? RULE.rareCapHours : RULE.capHours, hours);
  return uptime === null ? cap : Math.max(cap, Math.min(uptime.needed + RULE.capHours, RULE.hours.capHours));
}

/** The latest of: evidence, a quiet without precedent, the uptime needed, and the least time since the deploy. */
function hoursToRecovery(
  facts: Omit<RecoverySummary, "eta" | "spread"> & { readonly spread?: number | undefined },
  baseline: RecoveryBaseline,
  unprecedented: number,
): number | null {
  const further = exposureToRecovery(makeCounts(facts));
  const wanted = further === null ? null : Math.max(further, unprecedented);
  // Releases with the fix have a share of the traffic, as the newest shows.
  const share = facts.control?.share ?? 1;
  const hours = hoursForExposure(wanted && wanted / share, baseline.exposure, facts.buckets, baseline.hours);
  if (hours === null) return null;
  return Math.max(
    hours,
    facts.uptime?.missing ?? 0,
    facts.young ? stoppedAfter(facts) - facts.hours : 0,
    RULE.minHours - facts.hours,
    (RULE.minBuckets - facts.known) / BUCKETS_PER_HOUR,
  );
}
