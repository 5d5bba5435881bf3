import { MINUTE, WEEK } from "@patchpilot/time";
import { alignAnchor, BUCKET, findGoneTraffic, layOutBuckets } from "@patchpilot/verdict";
import type { GoneFact } from "../../facts.ts";
import type { ExposureHistory } from "../sources.ts";
import { type CountedTraffic, exposureIn, hasSamplingChanged } from "./count.ts";

/** What Sentry and PostHog may take in so late is not missed yet: silence is judged without its newest minutes. */
const LATE_MS = 10 * MINUTE;

/**
 * Whether all use of the app has stopped since the deploy, over all releases. What cannot tell says nothing: time alone, a
 * sampling rate that changed, and less than a week of traffic before. Of sampled requests those that are stored count,
 * for one that represents a hundred is one chance to be seen and not a hundred. Pure.
 */
export function findGone(traffic: CountedTraffic, anchor: number, now: number): GoneFact | undefined {
  if (traffic.source === "clock") return undefined;
  const deploy = alignAnchor(anchor);
  const { baseline, since } = layOutBuckets(deploy, deploy - WEEK, now - LATE_MS);
  if (hasSamplingChanged(traffic, baseline, since)) return undefined;
  const stored = { ...traffic, exposure: countStored(traffic.exposure) };
  const counts = [baseline, since].flatMap((row) => exposureIn(stored, row, undefined));
  const gone = findGoneTraffic(counts, baseline.length, baseline.start);
  if (gone === undefined) return undefined;
  const { logChance, expected } = gone;
  return { since: baseline.start + gone.since * BUCKET, expected, logChance };
}

function countStored({ releases, other, sampleRates, ...exposure }: ExposureHistory): ExposureHistory {
  const store = (counts: readonly number[]) =>
    counts.map((count, bucket) => count * (sampleRates[bucket] ?? 1));
  return {
    ...exposure,
    sampleRates,
    releases: releases.map(({ release, counts }) => ({ release, counts: store(counts) })),
    other: store(other),
  };
}
