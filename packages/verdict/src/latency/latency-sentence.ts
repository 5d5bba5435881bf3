import type { LatencyAssessment, LatencyGap } from "./latency.ts";
import type { LatencySummary } from "./latency-summary.ts";

type Facts = Omit<LatencyAssessment, "sentence" | "summary">;

/** A latency verdict with the numbers that it rests on, in one or two sentences. */
export function latencySentence(facts: Facts, summary: LatencySummary): string {
  const { now, thresholdMs } = summary;
  const over = `p95 is ${ms(now.p95)} over ${count(now.samples)} requests, above the threshold of ${ms(thresholdMs)}`;
  switch (facts.verdict) {
    case "regressed":
      return `${change(summary)}. ${proof(facts, summary)}${facts.slow ? ` It is also over the threshold of ${ms(thresholdMs)}.` : ""}`;
    case "slow":
      return `${over}, steadily. ${facts.gaps[0] ? `Whether it became slower is not known: ${gap(facts.gaps[0], summary)}.` : "It was not shown to be faster in the same hours before."}`;
    case "steady":
      return `${change(summary)}, which is not a proven rise. ${proof(facts, summary)}`;
    case "insufficient":
      return `It cannot be known whether it became slower: ${gap(facts.gaps[0] ?? "few-samples", summary)}.`;
  }
}

function change({ now, before }: LatencySummary): string {
  const ratio = now.p95 === null || before.p95 === null ? 0 : now.p95 / before.p95;
  return `p95 is ${ms(now.p95)} and was ${ms(before.p95)} in the same hours before (×${ratio.toFixed(2)})`;
}

function proof({ test, share, baselineShare }: Facts, { aboveMs, now, days }: LatencySummary): string {
  if (test === null) return "";
  const errors = `${test.z.toFixed(1)} standard errors, ${test.required.toFixed(1)} are required`;
  const by = days === 1 ? "one earlier day" : `${days} earlier days`;
  if (test.by === "rank") return `Compared by the ranks of its hours with ${by}: ${errors}.`;
  const slow = aboveMs === null ? "were slow" : `took longer than ${ms(aboveMs)}`;
  return `${percent(share)} of ${count(now.samples)} requests ${slow}, ${percent(baselineShare)} on ${by}: ${errors}.`;
}

function gap(reason: LatencyGap, { now, before, minSamples, days }: LatencySummary): string {
  switch (reason) {
    case "few-samples":
      return `${count(now.samples)} requests were measured, ${count(minSamples)} are needed`;
    case "no-baseline":
      return `the same hours before have ${count(before.samples)} measured requests, ${count(minSamples)} are needed`;
    case "few-expected":
      return "too few of its requests were slow before to tell a rise from chance";
    case "few-buckets":
      return `the number of slow requests is not known, and ${days} earlier days are too few to compare p95 alone`;
  }
}

function ms(value: number | null): string {
  if (value === null) return "not known";
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function percent(share: number | null): string {
  return share === null ? "an unknown share" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
