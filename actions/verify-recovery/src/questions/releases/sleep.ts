import { add, type Left, LITTLE, ROLL_OUT_HOURS, scoreFall } from "./fade.ts";
import type { SplitTraffic } from "./traffic.ts";

const WINDOW_HOURS = 3;

/** Many windows are looked at. */
const SURELY = 3;

/** Shares scatter, too, as people come and go. */
const RISEN = 1.2;

/** What falls asleep does so over hours; a fall to a twentieth within two of them is an end. */
const ABRUPT_HOURS = 2;
const ABRUPTLY = 0.05;

/** What leaves does so from the deploy on, and later may do so twice as fast as at first. */
const FASTER_LATER = 2;

/** Traffic of releases without the fix, of all traffic. */
export const leftOf = ({ old, total }: SplitTraffic): Left => ({ seen: old, usual: total });

/**
 * Whether traffic without the fix may only sleep: a region that keeps the old release falls silent at night, as clients do that
 * leave. What leaves does so from the deploy on, comes back at no hour, and what it loses the fix gains.
 *
 * @param hours since the deploy, oldest first
 */
export function maySleep(hours: readonly SplitTraffic[]): boolean {
  const settled = hours.slice(ROLL_OUT_HOURS);
  if (hasEnded(settled.map(leftOf))) return false;
  const first = settled.slice(0, WINDOW_HOURS);
  const then = add(first.map(leftOf));
  const newest = settled.slice(-WINDOW_HOURS);
  const hasRisen = settled.some((_, i) => {
    const now = add(settled.slice(i, i + WINDOW_HOURS).map(leftOf));
    if (now.seen < LITTLE * now.usual) return false;
    return now.seen * then.usual > RISEN * then.seen * now.usual && scoreFall(now, then) > SURELY;
  });
  return hasRisen || hasHeld(then, add(newest.map(leftOf)), settled.length) || !hasPassedOn(first, newest);
}

/** It fell to a twentieth from one hour to the next but one, and has been little since. */
function hasEnded(hours: readonly Left[]): boolean {
  const end = hours.findLastIndex(({ seen, usual }) => seen >= LITTLE * usual && seen > 0);
  const [then, now] = [hours[end], hours[end + ABRUPT_HOURS]];
  if (then === undefined || now === undefined) return false;
  return now.seen * then.usual <= ABRUPTLY * then.seen * now.usual && scoreFall(then, now) > SURELY;
}

/** It has fallen faster since the first hours than in them. */
function hasHeld(then: Left, now: Left, hours: number): boolean {
  const share = then.seen / then.usual;
  const pace = Math.log(share) / (ROLL_OUT_HOURS + WINDOW_HOURS / 2);
  const expected = share * Math.exp(FASTER_LATER * pace * Math.max(0, hours - WINDOW_HOURS));
  if (!(expected >= LITTLE)) return false;
  return scoreFall({ seen: expected * now.usual, usual: now.usual }, now) > SURELY;
}

/** At least half of the traffic that old releases have lost an hour, the fix has gained; of little, nothing is asked. */
export function hasPassedOn(then: readonly SplitTraffic[], now: readonly SplitTraffic[]): boolean {
  const { seen, usual } = add(then.map(leftOf));
  if (seen < LITTLE * usual) return true;
  const mean = (hours: readonly SplitTraffic[], part: "old" | "fixed") =>
    hours.reduce((sum, hour) => sum + hour[part], 0) / Math.max(1, hours.length);
  const lost = mean(then, "old") - mean(now, "old");
  return mean(now, "fixed") - mean(then, "fixed") >= lost / 2;
}
