import { HOUR, WEEK } from "@patchpilot/time";
import {
  alignAnchor,
  BUCKET,
  type BucketRow,
  clockExposure,
  countByBucket,
  isTrafficAlive,
  layOutBuckets,
  summarise,
} from "@patchpilot/verdict";
import type { ErrorsFact, ExposureSource, TrafficFact, VerifySettings } from "../../facts.ts";
import type { ErrorHistory, ExposureHistory } from "../../sources.ts";
import type { Contains } from "../deployment/locate.ts";
import { type ReleaseSighting, releasesWithFix } from "./releases.ts";

/** Sentry and PostHog may still be taking in what happened within these two minutes. */
const INGESTION_MS = 120_000;

/** A sampling rate that changed by more than this factor makes traffic before and after incomparable. */
const SAMPLING_FACTOR = 1.5;

/** Exposure by project, with where it comes from; `clock` has none. */
export type CountedTraffic =
  | { readonly source: "clock" }
  | { readonly source: Exclude<ExposureSource, "clock">; readonly exposure: ExposureHistory };

export type Counting = {
  /** Since when production has the fix. */
  readonly anchor: number;
  /** Where counting begins: the anchor, or the close that is looked back at. */
  readonly begin: number;
  readonly onset: number;
  readonly history: ErrorHistory;
  readonly traffic: CountedTraffic;
  readonly contains: Contains;
  readonly now: number;
  readonly settings: VerifySettings;
};

/** Is there traffic now, over all releases? */
export function judgeTraffic(traffic: CountedTraffic, anchor: number, now: number): TrafficFact {
  if (traffic.source === "clock") return { state: "counted", source: "clock", alive: null };
  const aligned = alignAnchor(anchor);
  const rows = layOutBuckets(aligned, aligned - WEEK, now - INGESTION_MS);
  const baseline = sumExposure(traffic.exposure, rows.baseline, undefined);
  const since = sumExposure(traffic.exposure, rows.since, undefined);
  return { state: "counted", source: traffic.source, alive: isTrafficAlive(baseline, since) };
}

/** Reduces errors and exposure to the numbers that the verdict uses. Pure. */
export function summariseErrors(counting: Counting): ErrorsFact {
  const { history, traffic, now, settings, begin } = counting;
  const anchor = alignAnchor(counting.anchor);
  const onset = effectiveOnset(counting, anchor);
  const { baseline, baselineBeginsAtFirstEvent } = layOutBuckets(anchor, onset, now);
  const until = Math.min(now - INGESTION_MS, history.knownUntil ?? now);
  const since = layOutBuckets(alignAnchor(begin), onset, until).since;
  const fixed = fixedReleases(counting, anchor);
  const points = history.points.filter(({ release }) => isCounted(release ?? null, fixed));
  const summary = summarise({
    baseline: {
      events: countByBucket(history.points, baseline),
      exposure: exposureIn(traffic, baseline, undefined),
    },
    since: { events: countByBucket(points, since), exposure: exposureIn(traffic, since, fixed) },
    clock: traffic.source === "clock",
    baselineBeginsAtFirstEvent,
    hoursSinceDeploy: (now - alignAnchor(begin)) / HOUR,
    capHours: settings.capHours,
    gates: { sameSampling: !hasSamplingChanged(traffic, baseline, since) },
  });
  return { state: "counted", summary, source: traffic.source, byRelease: fixed !== undefined };
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

/** Only where exposure can be split by release is the split of errors fair. */
function fixedReleases(
  { history, traffic, contains, now }: Counting,
  anchor: number,
): ReadonlySet<string> | undefined {
  if (traffic.source === "clock" || !traffic.exposure.byRelease) return undefined;
  const seen = traffic.exposure.releases.flatMap(({ release, counts }): ReleaseSighting[] => {
    const first = counts.findIndex((count) => count > 0);
    return release === null || first === -1 ? [] : [{ release, at: traffic.exposure.from + first * BUCKET }];
  });
  const raised = history.points.flatMap(({ release, at }): ReleaseSighting[] =>
    release ? [{ release, at }] : [],
  );
  return releasesWithFix([...seen, ...raised], anchor, contains, now);
}

/** Whether errors and exposure of a release count since the deploy; what names no release always does. */
function isCounted(release: string | null, fixed: ReadonlySet<string> | undefined): boolean {
  return release === null || fixed === undefined || fixed.has(release);
}

function exposureIn(
  traffic: CountedTraffic,
  row: BucketRow,
  fixed: ReadonlySet<string> | undefined,
): number[] {
  return traffic.source === "clock" ? clockExposure(row) : sumExposure(traffic.exposure, row, fixed);
}

/** Exposure of the counted releases by bucket; NaN outside of what was read. */
function sumExposure(
  { from, releases, other }: ExposureHistory,
  row: BucketRow,
  fixed: ReadonlySet<string> | undefined,
): number[] {
  const counted = releases.filter(({ release }) => isCounted(release, fixed)).map(({ counts }) => counts);
  // What cannot be told apart is of the rarest releases, and those are old.
  const rows = fixed === undefined ? [...counted, other] : counted;
  const length = Math.max(other.length, ...releases.map(({ counts }) => counts.length));
  const offset = Math.round((row.start - from) / BUCKET);
  return Array.from({ length: row.length }, (_, i) => {
    const index = offset + i;
    if (index < 0 || index >= length) return Number.NaN;
    return rows.reduce((sum, counts) => sum + (counts[index] ?? 0), 0);
  });
}

function hasSamplingChanged(traffic: CountedTraffic, baseline: BucketRow, since: BucketRow): boolean {
  if (traffic.source === "clock") return false;
  const before = meanRate(traffic.exposure, baseline);
  const after = meanRate(traffic.exposure, since);
  if (before === undefined || after === undefined) return false;
  return Math.max(before / after, after / before) > SAMPLING_FACTOR;
}

function meanRate({ from, sampleRates }: ExposureHistory, row: BucketRow): number | undefined {
  const offset = Math.round((row.start - from) / BUCKET);
  const rates = sampleRates
    .slice(Math.max(0, offset), Math.max(0, offset + row.length))
    .filter((rate) => rate !== null && rate > 0) as number[];
  return rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
