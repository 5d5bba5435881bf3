import { findChangePoint, type LatencyBucket } from "@patchpilot/verdict";
import type { Window } from "./ports.ts";

/**
 * When it became slow: the change point of the series where there is a clear one, else the first hour of the stretch at
 * its end in which p95 stayed above the middle between before and now. Pure.
 * @param before p95 of the baseline in milliseconds; null: unknown, then only a change point counts.
 * @returns milliseconds since the epoch; null where it is not clear, or the whole series is slow.
 */
export function findOnset(
  buckets: readonly LatencyBucket[],
  before: number | null,
  current: Window,
  minChange: number,
): number | null {
  const point = findChangePoint(buckets, minChange);
  if (point !== undefined) return point.at;
  if (before === null) return null;
  const known = buckets.filter(({ p95 }) => p95 !== null);
  const last = known.slice(-3).map(({ p95 }) => p95 ?? 0);
  const now = last.toSorted((a, b) => a - b)[Math.floor(last.length / 2)] ?? 0;
  if (now < before * minChange) return null;
  const level = Math.sqrt(before * now);
  const below = known.findLastIndex(({ p95 }) => (p95 ?? 0) < level);
  const onset = known[below + 1];
  const isWithin = below >= 0 && onset !== undefined && onset.at >= current.from.getTime();
  return isWithin ? onset.at : null;
}
