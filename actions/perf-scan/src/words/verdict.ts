import { describeCount, describeMilliseconds } from "@patchpilot/evidence";
import type { LatencyAssessment, LatencyGap, LatencySummary } from "@patchpilot/verdict";

/** A latency verdict with the numbers that it rests on, in one or two sentences. */
export function describeLatencyVerdict(assessment: LatencyAssessment): string {
  const { verdict, slow, gaps, summary } = assessment;
  const { now, thresholdMs } = summary;
  const over = `p95 is ${ms(now.p95)} over ${describeCount(now.samples)} requests, above the threshold of ${ms(thresholdMs)}`;
  switch (verdict) {
    case "regressed":
      return `${change(summary)}. ${proof(assessment)}${slow ? ` It is also over the threshold of ${ms(thresholdMs)}.` : ""}`;
    case "slow":
      return `${over}, steadily. ${gaps[0] ? `Whether it became slower is not known: ${gap(gaps[0], summary)}.` : "It was not shown to be faster in the same hours before."}`;
    case "steady":
      return `${change(summary)}, which is not a proven rise. ${proof(assessment)}`;
    case "insufficient":
      return `It cannot be known whether it became slower: ${gap(gaps[0] ?? "few-samples", summary)}.`;
  }
}

function change({ now, before }: LatencySummary): string {
  const ratio = now.p95 === null || before.p95 === null ? 0 : now.p95 / before.p95;
  return `p95 is ${ms(now.p95)} and was ${ms(before.p95)} in the same hours before (×${ratio.toFixed(2)})`;
}

function proof({ test, share, baselineShare, summary }: LatencyAssessment): string {
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
