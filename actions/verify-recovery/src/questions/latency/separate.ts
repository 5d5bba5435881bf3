import type { LatencyBucket } from "@patchpilot/verdict";
import type { Placements } from "../releases/traffic.ts";
import type { OperationHistory, ReleaseRequests } from "../sources.ts";

/** The releases in which an operation was used since the deploy. */
export type OperationReleases = {
  /** The busiest first. */
  readonly rows: readonly ReleaseRequests[];
  readonly placements: Placements;
  /** Hours of those that hold the fix; absent: all of them do, or none. */
  readonly fixed?: OperationHistory;
};

/** Hours of the releases that hold the fix, and of all others. */
export type SeparatedHours = {
  readonly fixed: readonly LatencyBucket[];
  readonly others: readonly LatencyBucket[];
};

export const holdsFix = (
  { placements }: Pick<OperationReleases, "placements">,
  { release }: ReleaseRequests,
): boolean => release !== null && placements.get(release)?.holds === true;

const countRequests = (rows: readonly ReleaseRequests[]): number =>
  rows.reduce((sum, { samples }) => sum + samples, 0);

/**
 * Separates the hours since a deploy by whether the releases hold the fix. What names no release is not counted as fixed.
 * @returns undefined where releases do not tell: most requests name none, or none is known to hold the fix and one may
 */
export function separateHours(
  hours: readonly LatencyBucket[],
  releases: OperationReleases,
): SeparatedHours | undefined {
  const { rows, placements, fixed } = releases;
  const named = rows.filter(({ release }) => release !== null);
  if (named.length === 0 || 2 * countRequests(named) < countRequests(rows)) return undefined;
  const holding = rows.filter((row) => holdsFix(releases, row));
  if (holding.length === rows.length) return { fixed: hours, others: [] };
  if (holding.length > 0) return fixed && separateFixed(hours, fixed.buckets);
  const isKnown = named.every(({ release }) => placements.get(release ?? "")?.holds === false);
  return isKnown ? { fixed: [], others: hours } : undefined;
}

function separateFixed(hours: readonly LatencyBucket[], all: readonly LatencyBucket[]): SeparatedHours {
  const wanted = new Set(hours.map(({ at }) => at));
  const fixed = all.filter(({ at }) => wanted.has(at));
  return { fixed, others: subtract(hours, fixed) };
}

function subtract(all: readonly LatencyBucket[], part: readonly LatencyBucket[]): LatencyBucket[] {
  const taken = new Map(part.map((bucket) => [bucket.at, bucket]));
  return all.map(({ at, samples, above }) => {
    const own = taken.get(at);
    const left = Math.max(0, samples - (own?.samples ?? 0));
    const slow = above === null || own?.above === null ? null : above - (own?.above ?? 0);
    return { at, samples: left, p95: null, above: slow && Math.min(left, Math.max(0, slow)) };
  });
}
