import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import {
  alignAnchor,
  BUCKET,
  type BucketRow,
  clockExposure,
  isTrafficAlive,
  layOutBuckets,
} from "@patchpilot/verdict";
import type { ExposureSource, TrafficFact } from "../../facts.ts";
import type { ExposureHistory } from "../sources.ts";

/** Sentry and PostHog may still be taking in what happened within these two minutes. */
export const INGESTION_MS = 2 * MINUTE;

/** A sampling rate that changed by more than this factor makes traffic before and after incomparable. */
const SAMPLING_FACTOR = 1.5;

/** So few stored requests an hour, each of which stands for many, scatter: steady errors then seem to come in bursts. */
const FEW_SAMPLES = 2;
const SAMPLED_BELOW = 0.67;

/** Exposure by project, with where it comes from; `clock` has none. */
export type CountedTraffic =
  | { readonly source: "clock" }
  | { readonly source: Exclude<ExposureSource, "clock">; readonly exposure: ExposureHistory };

/** Is there traffic now, over all releases? */
export function judgeTraffic(traffic: CountedTraffic, anchor: number, now: number): TrafficFact {
  if (traffic.source === "clock") return { state: "counted", source: "clock", alive: null };
  const aligned = alignAnchor(anchor);
  const rows = layOutBuckets(aligned, aligned - WEEK, now - INGESTION_MS);
  const baseline = sumExposure(traffic.exposure, rows.baseline, undefined);
  const since = sumExposure(traffic.exposure, rows.since, undefined);
  return { state: "counted", source: traffic.source, alive: isTrafficAlive(baseline, since) };
}

/** Whether errors and exposure of a release count since the deploy; what names no release always does. */
export function isCounted(release: string | null, fixed: ReadonlySet<string> | undefined): boolean {
  return release === null || fixed === undefined || fixed.has(release);
}

export function exposureIn(
  traffic: CountedTraffic,
  row: BucketRow,
  fixed: ReadonlySet<string> | undefined,
): number[] {
  return traffic.source === "clock" ? clockExposure(row) : sumExposure(traffic.exposure, row, fixed);
}

/** Exposure of these releases alone. */
export const exposureAmong = (
  { releases, ...exposure }: ExposureHistory,
  row: BucketRow,
  among: ReadonlySet<string>,
): number[] =>
  sumExposure(
    { ...exposure, releases: releases.filter(({ release }) => release !== null && among.has(release)) },
    row,
    among,
  );

/** Exposure of the counted releases, and of those that cannot be told apart: too many share it. */
export function mostExposureIn(
  traffic: CountedTraffic,
  row: BucketRow,
  fixed: ReadonlySet<string> | undefined,
): number[] {
  return traffic.source === "clock" ? clockExposure(row) : sumExposure(traffic.exposure, row, fixed, true);
}

/** Exposure of the counted releases by bucket; NaN outside of what was read. */
function sumExposure(
  { from, releases, other }: ExposureHistory,
  row: BucketRow,
  fixed: ReadonlySet<string> | undefined,
  // What cannot be told apart is of the rarest releases, and up to a close those are old.
  withOther = fixed === undefined,
): number[] {
  const counted = releases.filter(({ release }) => isCounted(release, fixed)).map(({ counts }) => counts);
  const rows = withOther ? [...counted, other] : counted;
  const length = Math.max(other.length, ...releases.map(({ counts }) => counts.length));
  const offset = Math.round((row.start - from) / BUCKET);
  return Array.from({ length: row.length }, (_, i) => {
    const index = offset + i;
    if (index < 0 || index >= length) return Number.NaN;
    return rows.reduce((sum, counts) => sum + (counts[index] ?? 0), 0);
  });
}

export function hasSamplingChanged(traffic: CountedTraffic, baseline: BucketRow, since: BucketRow): boolean {
  if (traffic.source === "clock") return false;
  const before = meanRate(traffic.exposure, baseline);
  const after = meanRate(traffic.exposure, since);
  if (before === undefined || after === undefined) return false;
  return Math.max(before / after, after / before) > SAMPLING_FACTOR;
}

/** Whether it was extrapolated from so few requests that another source is better, if there is one. */
export function isSparse({ releases, other, sampleRates }: ExposureHistory): boolean {
  const rows = [other, ...releases.map(({ counts }) => counts)];
  let [requests, stored] = [0, 0];
  sampleRates.forEach((rate, bucket) => {
    const count = rows.reduce((sum, counts) => sum + (counts[bucket] ?? 0), 0);
    requests += rate === null ? 0 : count;
    stored += count * (rate ?? 0);
  });
  const hours = (sampleRates.length * BUCKET) / HOUR;
  return stored < SAMPLED_BELOW * requests && stored < FEW_SAMPLES * hours;
}

function meanRate({ from, sampleRates }: ExposureHistory, row: BucketRow): number | undefined {
  const offset = Math.round((row.start - from) / BUCKET);
  const rates = sampleRates
    .slice(Math.max(0, offset), Math.max(0, offset + row.length))
    .filter((rate) => rate !== null && rate > 0) as number[];
  return rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
