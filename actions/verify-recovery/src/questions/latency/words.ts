import { describeCount, describeMilliseconds } from "@patchpilot/evidence";
import { describeSpan, HOUR } from "@patchpilot/time";
import { BLOCKER_OF_GATE, type LatencyBlocker, type LatencyRecovery } from "@patchpilot/verdict";
import type { LatencyFact, VerifyFacts } from "../../facts.ts";
import { describeGates, describeProof, joinBlockers } from "../errors/words.ts";

/** Full hours are counted once Sentry is through with them: so long after the deploy there is one for sure. */
const FIRST_FULL_HOUR = 2.1;

export type CountedLatency = Pick<Extract<LatencyFact, { state: "counted" }>, "summary" | "all">;

/** What was measured since the deploy, and what it is held against, in one phrase. */
export function describeDurations({ summary, all }: CountedLatency, since = "the deploy"): string {
  const { samples, slow, expected, excess, aboveMs, p95, fastP95, bound, hours } = summary;
  const by = all === undefined ? "" : " of releases with the fix";
  const passed = describeSpan(hours * HOUR);
  if (samples === 0)
    return hours < FIRST_FULL_HOUR
      ? `no full hour has been counted yet, ${passed} after ${since}`
      : `no request${by} in the full hours since ${since} (${passed})`;
  const target =
    fastP95 !== null
      ? `, ${describeMilliseconds(fastP95)} before it became slow`
      : bound !== null
        ? `, ${describeMilliseconds(bound)} is the threshold`
        : "";
  const duration = p95 === null ? "p95 is not known" : `p95 is ${describeMilliseconds(p95)}`;
  const normal = `${describeCount(expected)} would be normal, ${describeCount(expected * excess)} as slow as it was`;
  const took = aboveMs === null ? "were slow" : `took longer than ${describeMilliseconds(aboveMs)}`;
  return `${duration} over ${describeCount(samples)} requests${by} in the full hours since ${since} (${passed})${target}; ${describeCount(slow ?? 0)} of them ${took}, where ${normal}`;
}

/** Why no request shows that it is fast, and what helps. The name is hostile text. */
export function describeSilence({ latency, tracing }: VerifyFacts): {
  readonly why: string;
  readonly next: string;
} {
  if (latency?.state === "counted" && latency.summary.shut.includes("sameSampling"))
    return { why: RESAMPLED, next: RESUMES };
  if (tracing?.state === "stopped")
    return {
      why: `hardly any request of its project is traced any more, of other operations either: ${CHECK_TRACING}`,
      next: RESUMES,
    };
  if (tracing?.state === "renamed")
    return {
      why: `hardly any request of it is traced any more, but about as many of ${tracing.to}, which is new since the deploy`,
      next: "If that is its new name, close this issue if it is fast enough there: perf-scan watches it under the new name. If not, verification resumes once it is used again.",
    };
  const untold = tracing === undefined ? `, or tracing stopped (${CHECK_TRACING})` : "";
  return {
    why: `its requests have stopped, so nobody uses it, or its name changed${untold}`,
    next: `${RESUMES} If it is gone for good, close the issue by hand.`,
  };
}

const CHECK_TRACING =
  "check tracesSampleRate or tracesSampler, the SDK's DSN, and the quota for spans on Sentry's Stats page";

const RESUMES = "Verification resumes once its requests are traced as before.";

const RESAMPLED =
  "another share of its requests is stored than before the deploy, so that other ones may be measured: set tracesSampleRate, or Sentry's dynamic sampling, as it was, or close it by hand";

const FOLLOWS_FROM_NOTHING: readonly LatencyBlocker[] = ["too-soon", "evidence", "slower"];

/** Why it is not called recovered yet. */
export function describeLatencyBlockers(
  { why, evidence, summary: { minSamples, expected, samples, bound } }: LatencyRecovery,
  facts: VerifyFacts,
): string {
  const texts: { readonly [Key in LatencyBlocker]: string } = {
    ...describeSlowGates(facts),
    "no-contrast": "before the deploy it was not slower than it should be, as far as Sentry still tells",
    "few-samples":
      samples < minSamples
        ? `${describeCount(minSamples)} requests are needed`
        : `only ${expected.toFixed(1)} slow requests would be normal so far, which is too few to tell`,
    evidence: `the odds are ${describeProof(evidence.logE)}`,
    slower:
      bound === null
        ? "no p95 is known to compare with"
        : `p95 has to be ${describeMilliseconds(bound)} or less`,
  };
  // Where nothing was counted yet, what follows from that says nothing more.
  const told = samples > 0 ? why : why.filter((blocker) => !FOLLOWS_FROM_NOTHING.includes(blocker));
  return joinBlockers(told.map((blocker) => texts[blocker]));
}

/** What holds it up beside the counts; undefined: nothing does. */
export function describeHolds({ summary }: LatencyRecovery, facts: VerifyFacts): string | undefined {
  const texts = describeSlowGates(facts);
  return summary.shut.length === 0
    ? undefined
    : joinBlockers(summary.shut.map((gate) => texts[BLOCKER_OF_GATE[gate]]));
}

const describeSlowGates = (facts: VerifyFacts) => ({
  ...describeGates(facts),
  sampling: RESAMPLED,
  "no-traffic": describeSilence(facts).why,
});
