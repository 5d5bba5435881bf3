import { addHours, FEW, type Left, LITTLE, SETTLED_HOURS, scoreFall } from "./fade.ts";
import type { SplitTraffic } from "./traffic.ts";

const WINDOW_HOURS = 3;

/** Standard errors, for many windows are looked at. */
const SURELY = 3;

/** Even traffic scatters, too, as people come and go. */
const UNEVEN = 1.3;

/** What falls asleep does so over hours; a fall to a twentieth within two of them is an end. */
const ABRUPT_HOURS = 2;
const ABRUPTLY = 0.05;

/** A fall is steady if each window has at most this part of the one before: half in 13 h. */
const STEADILY = 0.85;

/** Traffic of releases without the fix, of all traffic. */
export const countLeft = ({ old, total }: SplitTraffic): Left => ({ seen: old, usual: total });

/**
 * Whether traffic without the fix may only sleep: a region that keeps the old release falls silent at night, as clients do that
 * leave. Hours explain no fall that is too strong for them, and none if all traffic is even and this one has fallen steadily.
 *
 * @param hours since the deploy, oldest first
 * @param before hours of all traffic before it
 */
export function maySleep(hours: readonly SplitTraffic[], before: readonly SplitTraffic[] = []): boolean {
  const settled = hours.slice(SETTLED_HOURS).map(countLeft);
  const windows = listWindows(settled);
  const [first, newest] = [windows[0], windows.at(-1)];
  if (first === undefined || newest === undefined) return false;
  if (windows.some((window, i) => windows.slice(0, i).some((earlier) => hasRisen(earlier, window))))
    return true;
  if (first.seen <= FEW * first.usual || isSurelyFew(newest) || hasEnded(settled)) return false;
  return isUneven([...before, ...hours]) || !hasFallenSteadily(settled);
}

/** It is little, or there was more of it: then fewer errors may come of less traffic. */
export function isLow(hours: readonly SplitTraffic[]): boolean {
  const windows = listWindows(hours.slice(SETTLED_HOURS).map(countLeft));
  const newest = windows.at(-1);
  return newest !== undefined && (isLittle(newest) || windows.some((window) => hasRisen(newest, window)));
}

/** All stretches of a few hours, oldest first; the newest alone if there are fewer. */
const listWindows = (hours: readonly Left[]): Left[] =>
  hours.flatMap((_, end) =>
    end >= Math.min(WINDOW_HOURS, hours.length) - 1
      ? [addHours(hours.slice(Math.max(0, end + 1 - WINDOW_HOURS), end + 1))]
      : [],
  );

const isLittle = ({ seen, usual }: Left): boolean => seen < LITTLE * usual;

/** Of a quarter that stays, a night leaves more. */
const isSurelyFew = (newest: Left): boolean =>
  scoreFall({ seen: FEW * newest.usual, usual: newest.usual }, newest) > SURELY;

/** From one window to another there is more of it, surely and by much. */
const hasRisen = (then: Left, now: Left): boolean =>
  !isLittle(now) && now.seen * then.usual > UNEVEN * then.seen * now.usual && scoreFall(now, then) > SURELY;

/** It fell to a twentieth from one hour to the next but one, and has been little since. */
function hasEnded(hours: readonly Left[]): boolean {
  const end = hours.findLastIndex((hour) => hour.seen > 0 && !isLittle(hour));
  const [then, now] = [hours[end], hours[end + ABRUPT_HOURS]];
  if (then === undefined || now === undefined) return false;
  return now.seen * then.usual <= ABRUPTLY * then.seen * now.usual && scoreFall(then, now) > SURELY;
}

/** Until it was little. */
function hasFallenSteadily(hours: readonly Left[]): boolean {
  const windows = listWindows(hours).filter((_, i) => i % WINDOW_HOURS === 0);
  return windows.every((now, i) => {
    const then = windows[i - 1];
    return then === undefined || isLittle(then) || now.seen * then.usual <= STEADILY * then.seen * now.usual;
  });
}

/** All traffic has busy and calm hours. */
function isUneven(hours: readonly SplitTraffic[]): boolean {
  const windows = listWindows(hours.map(({ total }) => ({ seen: total, usual: 1 })));
  const sorted = windows.toSorted((a, b) => a.seen - b.seen);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return false;
  return most.seen > UNEVEN * least.seen && scoreFall(most, least) > SURELY;
}

/** At least half of the traffic that old releases have lost an hour, the fix has gained; of little, nothing is asked. */
export function hasPassedOn(then: readonly SplitTraffic[], now: readonly SplitTraffic[]): boolean {
  if (isLittle(addHours(then.map(countLeft)))) return true;
  const mean = (hours: readonly SplitTraffic[], part: "old" | "fixed") =>
    hours.reduce((sum, hour) => sum + hour[part], 0) / Math.max(1, hours.length);
  const lost = mean(then, "old") - mean(now, "old");
  return mean(now, "fixed") - mean(then, "fixed") >= lost / 2;
}
