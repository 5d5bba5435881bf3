import { describeCount, describeMilliseconds } from "@patchpilot/evidence";
import { describeSpan, HOUR } from "@patchpilot/time";
import {
  BLOCKER_OF_GATE,
  type GateBlocker,
  type LatencyBlocker,
  type LatencyRecovery,
} from "@patchpilot/verdict";
import type { LatencyFact, VerifyFacts } from "../../facts.ts";
import { describeGates } from "../errors/holds.ts";
import { describeProof } from "../errors/words.ts";
import { findSaid, type Hold } from "../hold.ts";

/** Full hours are counted once Sentry is through with them: so long after the deploy there is one for sure. */
const FIRST_FULL_HOUR = 2.1;

export type CountedLatency = Pick<Extract<LatencyFact, { state: "counted" }>, "summary" | "all">;

/** What was measured since the deploy, and what it is held against, in one phrase. */
export function describeDurations(
  { summary, all }: CountedLatency,
  since = "the deploy",
  withTarget = true,
): string {
  const { samples, p95, fastP95, bound, hours } = summary;
  const by = all === undefined ? "" : " of releases with the fix";
  if (samples === 0)
    return hours < FIRST_FULL_HOUR
      ? `no full hour has been counted in the ${describeSpan(hours * HOUR)} since ${since}`
      : `no request${by} in the ${describeSpan(hours * HOUR)} since ${since}`;
  const target = !withTarget
    ? ""
    : fastP95 !== null
      ? `; ${describeMilliseconds(fastP95)} before it became slow`
      : bound !== null
        ? `; ${describeMilliseconds(bound)} is the threshold`
        : "";
  const duration = p95 === null ? "p95 is not known" : `p95 is ${describeMilliseconds(p95)}`;
  return `${duration} over ${describeCount(samples)} requests${by} in ${describeSpan(hours * HOUR)} since ${since}${target}`;
}

/** What the rule itself counts, for the fold: slow requests. */
export function describeSlowRequests({
  slow,
  expected,
  excess,
  aboveMs,
  samples,
}: CountedLatency["summary"]): string {
  const took = aboveMs === null ? "were slow" : `took longer than ${describeMilliseconds(aboveMs)}`;
  return `${describeCount(slow ?? 0)} of ${describeCount(samples)} requests in full hours ${took}; ${describeCount(expected)} would be normal, ${describeCount(expected * excess)} as slow as it was.`;
}

/** Why no request shows that it is fast, and what helps. The name is hostile text. */
export function describeSilence({ latency, tracing }: VerifyFacts): Hold & { readonly why: string } {
  if (latency?.state === "counted" && latency.summary.shut.includes("sameSampling")) return RESAMPLED;
  if (tracing?.state === "stopped")
    return {
      why: "hardly any request of its project is still traced, nor of other operations",
      next: CHECK_TRACING,
    };
  if (tracing?.state === "renamed")
    return {
      why: `hardly any request of it is still traced, but about as many of ${tracing.to}, which is new since the deploy`,
      next: "If that is its new name, close this issue if it is fast enough there: perf-scan watches it under the new name.",
    };
  const untold = tracing === undefined ? ", or tracing stopped" : "";
  return {
    why: `its requests have stopped, so nobody uses it, or its name changed${untold}`,
    next: `${tracing === undefined ? `${CHECK_TRACING} ` : ""}If it is gone for good, close this issue by hand.`,
  };
}

const CHECK_TRACING =
  "Check tracesSampleRate or tracesSampler, the SDK's DSN, and the quota for spans on Sentry's Stats page.";

const RESAMPLED = {
  why: "another share of its requests is stored than before the deploy, so other ones may be measured",
  next: "Set tracesSampleRate, or Sentry's dynamic sampling, as it was. If it is fast enough, close this issue by hand.",
};

const FOLLOWS_FROM_NOTHING: readonly LatencyBlocker[] = ["too-soon", "evidence", "slower"];

/** Why it is not called recovered yet. */
export function listSlowHolds(
  { why, evidence, summary: { minSamples, expected, samples, bound } }: LatencyRecovery,
  facts: VerifyFacts,
): readonly Hold[] {
  const holds: { readonly [Key in LatencyBlocker]: Hold } = {
    ...describeSlowGates(facts),
    "no-contrast": {
      why: "before the deploy it was not slower than it should be, as far as Sentry still knows",
    },
    "few-samples": {
      why: null,
      more:
        samples < minSamples
          ? `${describeCount(minSamples)} requests are needed`
          : `only ${expected.toFixed(1)} slow requests would be normal so far, which is too few to tell`,
    },
    evidence: { why: null, more: `the odds are ${describeProof(evidence.logE)}` },
    slower:
      bound === null
        ? { why: "no p95 is known to compare with" }
        : { why: null, more: `p95 has to be ${describeMilliseconds(bound)} or less` },
  };
  // Where nothing was counted yet, what follows from that says nothing more.
  const told = samples > 0 ? why : why.filter((blocker) => !FOLLOWS_FROM_NOTHING.includes(blocker));
  return told.map((blocker) => holds[blocker]);
}

/** What holds it up beside the counts; undefined: nothing does. */
export function findHeld({ summary }: LatencyRecovery, facts: VerifyFacts): Hold | undefined {
  const gates = describeSlowGates(facts);
  return findSaid(summary.shut.map((gate) => gates[BLOCKER_OF_GATE[gate]]));
}

const describeSlowGates = (facts: VerifyFacts): { readonly [Key in GateBlocker | "too-soon"]: Hold } => ({
  ...describeGates(facts),
  sampling: RESAMPLED,
  "no-traffic": describeSilence(facts),
});
