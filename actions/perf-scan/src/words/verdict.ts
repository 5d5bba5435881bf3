import { describeCount, describeMilliseconds } from "@patchpilot/evidence";
import type { LatencyAssessment, LatencyGap, LatencySummary } from "@patchpilot/verdict";

/** A latency verdict in one or two sentences to be read alone. */
export function describeLatencyVerdict({ verdict, slow, gaps, summary }: LatencyAssessment): string {
  const { now, before, thresholdMs } = summary;
  const p95 = `p95 is ${ms(now.p95)} over ${describeCount(now.samples)} requests`;
  switch (verdict) {
    case "regressed":
      return `${p95}, ${compare(summary)}.${slow ? ` It is also over the threshold of ${ms(thresholdMs)}.` : ""}`;
    case "slow":
      return `${p95}, above the threshold of ${ms(thresholdMs)}, steadily. ${gaps[0] ? `Whether it became slower is not known: ${gap(gaps[0], summary)}.` : "It was not shown to be faster in the same hours before."}`;
    case "steady":
      return `${p95} and was ${ms(before.p95)} in the same hours before: no proven rise.`;
    case "insufficient":
      return `It cannot be known whether it became slower: ${gap(gaps[0] ?? "few-samples", summary)}.`;
  }
}

function compare({ now, before }: LatencySummary): string {
  const was = `${ms(before.p95)} in the same hours before`;
  if (now.p95 === null || before.p95 === null || before.p95 === 0) return was;
  return `${(now.p95 / before.p95).toFixed(1)} times the ${was}`;
}

/** The test behind a verdict, for the fold; empty where none was made. */
export function describeLatencyProof({ test, share, baselineShare, summary }: LatencyAssessment): string {
  const { aboveMs, now, days } = summary;
  if (test === null) return "";
  const errors = `${test.z.toFixed(1)} standard errors, ${test.required.toFixed(1)} are required`;
  const by = days === 1 ? "one earlier day" : `${days} earlier days`;
  if (test.by === "rank") return `Compared by the ranks of its hours with ${by}: ${errors}.`;
  const slow = aboveMs === null ? "were slow" : `took longer than ${ms(aboveMs)}`;
  return `${percent(share)} of ${describeCount(now.samples)} requests ${slow}, ${percent(baselineShare)} on ${by}: ${errors}.`;
}

function gap(reason: LatencyGap, { now, before, minSamples, days }: LatencySummary): string {
  switch (reason) {
    case "few-samples":
      return `${describeCount(now.samples)} requests were measured, ${describeCount(minSamples)} are needed`;
    case "no-baseline":
      return `the same hours before have ${describeCount(before.samples)} measured requests, ${describeCount(minSamples)} are needed`;
    case "few-expected":
      return "too few of its requests were slow before: a rise could be chance";
    case "few-buckets":
      return `the number of slow requests is not known, and ${days} earlier days are too few to compare p95 alone`;
  }
}

const ms = (value: number | null): string => (value === null ? "not known" : describeMilliseconds(value));

function percent(share: number | null): string {
  return share === null ? "an unknown share" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
