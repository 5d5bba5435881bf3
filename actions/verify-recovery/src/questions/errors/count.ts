import { HOUR, WEEK } from "@patchpilot/time";
import {
  alignAnchor,
  BUCKET,
  type BucketRow,
  countByBucket,
  layOutBuckets,
  type RecoveryInput,
  type Series,
  summarise,
} from "@patchpilot/verdict";
import type { ErrorsFact, VerifySettings } from "../../facts.ts";
import { PATIENCE_MS } from "../releases/order.ts";
import { listFirstNamed, nameApps, type Placements, splitTraffic } from "../releases/traffic.ts";
import type { ErrorHistory } from "../sources.ts";
import {
  type CountedTraffic,
  exposureAmong,
  exposureIn,
  hasSamplingChanged,
  INGESTION_MS,
  isCounted,
} from "../traffic/count.ts";

export type Counting = {
  /** Since when production has the fix. */
  readonly anchor: number;
  readonly onset: number;
  readonly history: ErrorHistory;
  readonly traffic: CountedTraffic;
  /** When deployments began. */
  readonly starts: readonly number[];
  /** Which releases hold the fix. */
  readonly placements: Placements;
  readonly now: number;
  readonly settings: VerifySettings;
};

/** With less of the traffic, releases without the fix do not explain what names no release. */
const OLD_PART = 0.1;

/** Reduces errors and exposure to the numbers that the verdict uses. Pure. */
export function summariseErrors(counting: Counting): ErrorsFact {
  const { history, traffic, now, settings } = counting;
  const anchor = alignAnchor(counting.anchor);
  const onset = effectiveOnset(counting, anchor);
  const { baseline, baselineBeginsAtFirstEvent } = layOutBuckets(anchor, onset, now);
  const until = Math.min(now - INGESTION_MS, history.knownUntil ?? now);
  const since = layOutBuckets(anchor, onset, until).since;
  const fixed = fixedReleases(counting, anchor);
  const points = history.points.filter(({ release }) => isCounted(release ?? null, fixed));
  const summary = summarise({
    baseline: {
      events: countByBucket(history.points, baseline),
      exposure: exposureIn(traffic, baseline, undefined),
    },
    since: { events: countByBucket(points, since), exposure: exposureIn(traffic, since, fixed) },
    control: fixed && countOld(counting, since),
    clock: traffic.source === "clock",
    anchor,
    ...placeStarts(counting, baseline),
    baselineBeginsAtFirstEvent,
    hoursSinceDeploy: (now - anchor) / HOUR,
    capHours: settings.capHours,
    split: fixed !== undefined,
    gates: { sameSampling: !hasSamplingChanged(traffic, baseline, since) },
  });
  return {
    state: "counted",
    summary,
    source: traffic.source,
    byRelease: fixed !== undefined,
    possiblyFixed: countPossiblyFixed(counting, since),
  };
}

/** What releases without the fix raised since the deploy; undefined if they may be of an app that never raises the error. */
function countOld({ history, traffic, placements }: Counting, since: BucketRow): Series | undefined {
  if (traffic.source === "clock") return undefined;
  const isNamed = history.points.some(({ release }) => release);
  if (!isNamed && nameApps(listFirstNamed(traffic.exposure)).length > 1) return undefined;
  const old = new Set([...placements].flatMap(([release, { holds }]) => (holds === false ? [release] : [])));
  const points = history.points.filter(({ release }) => release != null && old.has(release));
  return { events: countByBucket(points, since), exposure: exposureAmong(traffic.exposure, since, old) };
}

/**
 * Where the baseline begins within a week, it begins at an error: the first, the first after the close that it
 * broke, or the first that is told of where there were too many. Quiet before it would make the error seem rarer.
 */
function effectiveOnset({ history, onset }: Counting, anchor: number): number {
  const begin = Math.max(onset, history.knownFrom);
  if (begin <= anchor - WEEK) return onset;
  const bucket = Math.floor(begin / BUCKET) * BUCKET;
  const first = history.points.reduce(
    (earliest, { at }) => (at >= bucket ? Math.min(earliest, at) : earliest),
    Number.POSITIVE_INFINITY,
  );
  return Math.max(onset, Math.min(first, anchor));
}

/**
 * The other deployments against the baseline. The last one before the first error shows how long the error took to
 * begin, if errors are known from the first on.
 */
function placeStarts(
  { starts, anchor, onset, history, traffic }: Counting,
  baseline: BucketRow,
): Pick<RecoveryInput, "starts" | "lead"> {
  const placed = starts.filter((at) => at !== anchor).map((at) => Math.floor((at - baseline.start) / BUCKET));
  const isFirst = baseline.length * BUCKET < WEEK && history.knownFrom <= onset;
  const length = isFirst ? -Math.max(...placed.filter((start) => start < 0)) : 0;
  if (length * BUCKET > WEEK || length === 0) return { starts: placed };
  const lead = { start: baseline.start - length * BUCKET, length };
  return { starts: placed, lead: exposureIn(traffic, lead, undefined) };
}

/** Only where exposure can be split by release is the split of errors fair, and the other way round. */
export function fixedReleases(
  { history, traffic, placements, now }: Pick<Counting, "history" | "traffic" | "placements" | "now">,
  anchor: number,
): ReadonlySet<string> | undefined {
  if (traffic.source === "clock" || !traffic.exposure.byRelease || placements.size === 0) return undefined;
  if (!doNameReleases(history, anchor)) return undefined;
  const fixed = [...placements].flatMap(([release, { holds }]) => (holds === true ? [release] : []));
  // After this long without a release that holds the fix, releases say nothing about deploys here.
  if (fixed.length === 0 && now - anchor >= PATIENCE_MS) return undefined;
  return new Set(fixed);
}

/** Fewer errors without a release may be anybody's. */
const LEAST_UNNAMED = 5;

/** Errors that mostly name no release are those of all clients, and not of the traffic that holds the fix. */
function doNameReleases({ points }: ErrorHistory, anchor: number): boolean {
  let named = 0;
  let unnamed = 0;
  for (const { at, count, release } of points) {
    if (at < anchor || release === undefined) continue;
    if (release === null) unnamed += count;
    else named += count;
  }
  return unnamed < LEAST_UNNAMED || named >= unnamed;
}

/**
 * Active buckets since the deploy that may disprove the fix: without the errors of releases that lack it, and, while these have
 * a part of the traffic, without those that name no release.
 */
export function countPossiblyFixed(
  { history, placements, traffic }: Pick<Counting, "history" | "placements" | "traffic">,
  since: BucketRow,
): number {
  const mayBeOld = hasOldTraffic(traffic, placements, since);
  const points = history.points.filter(({ release }) =>
    release ? placements.get(release)?.holds !== false : !mayBeOld,
  );
  return countByBucket(points, since).filter((count) => count > 0).length;
}

function hasOldTraffic(traffic: CountedTraffic, placements: Placements, since: BucketRow): boolean {
  if (traffic.source === "clock") return false;
  const span = { from: since.start, until: since.start + since.length * BUCKET };
  const { old, total } = splitTraffic(traffic.exposure, placements, span);
  return old >= OLD_PART * total && old > 0;
}
