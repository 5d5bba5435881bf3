import { type Evidence, LOG_THRESHOLD } from "../evidence.ts";
import { BLOCKER_OF_GATE, type GateBlocker } from "../gates.ts";
import type { RecoveryVerdict } from "../recovery.ts";
import { RULE } from "../rule.ts";
import { hasContrast, weighLatency } from "./latency-evidence.ts";
import type { LatencyRecoverySummary } from "./latency-recovery-summary.ts";
import { LATENCY_RULE } from "./latency-rule.ts";

/** What stands between the present numbers and "recovered". */
export type LatencyBlocker = GateBlocker | "no-contrast" | "few-samples" | "too-soon" | "evidence" | "slower";

export type LatencyRecovery = {
  readonly verdict: RecoveryVerdict;
  /** Empty if and only if nothing stands in the way of "recovered". */
  readonly why: readonly LatencyBlocker[];
  readonly evidence: Evidence;
  /** Hours until it can be called recovered if it is as fast as it was; null: never. */
  readonly etaHours: number | null;
  /** Store this: `decideLatencyRecovery` gives the same decision again. */
  readonly summary: LatencyRecoverySummary;
};

/**
 * Is it fast again after the deploy? Counts requests over a threshold fixed when the operation was reported, per
 * request and hour of the day, as the rule for errors counts errors per unit of traffic. May be asked any number
 * of times; a summary that was stored as JSON and read again gives the same decision.
 */
export function decideLatencyRecovery(summary: LatencyRecoverySummary): LatencyRecovery {
  const evidence = weighLatency({ ...summary, slow: summary.slow ?? 0 });
  const why = findBlockers(summary, evidence);
  return { verdict: judge(summary, evidence, why), why, evidence, etaHours: summary.eta, summary };
}

function judge(
  summary: LatencyRecoverySummary,
  { logF, logImproved }: Evidence,
  why: readonly LatencyBlocker[],
): RecoveryVerdict {
  const comparable = !why.includes("few-samples") && !why.includes("sampling");
  if (why.includes("not-deployed")) return "not-deployed";
  if (comparable && logF >= LOG_THRESHOLD) return "failing";
  if (why.length === 0) return "recovered";
  if (summary.hours >= summary.cap) return "inconclusive";
  return comparable && logImproved >= LOG_THRESHOLD ? "improved" : "waiting";
}

function findBlockers(summary: LatencyRecoverySummary, { logE }: Evidence): LatencyBlocker[] {
  const { samples, slow, expected, minSamples, hours, p95, bound } = summary;
  const blockers: LatencyBlocker[] = summary.shut.map((gate) => BLOCKER_OF_GATE[gate]);
  const few = slow === null || samples < minSamples || expected < LATENCY_RULE.minRecoveryExpected;
  if (!hasContrast(summary)) blockers.push("no-contrast");
  if (few) blockers.push("few-samples");
  if (hours < RULE.minHours) blockers.push("too-soon");
  if (logE < LOG_THRESHOLD) blockers.push("evidence");
  if (p95 === null || bound === null || p95 > bound) blockers.push("slower");
  return blockers;
}
