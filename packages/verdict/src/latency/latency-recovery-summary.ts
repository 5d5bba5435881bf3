import { HOUR } from "@patchpilot/time";
import { walkPattern } from "../eta.ts";
import { RULE } from "../rule.ts";
import type { CommonSummary } from "../summary.ts";
import type { CommonLatencyInput, LatencyBucket } from "./latency-buckets.ts";
import { expectationToRecovery } from "./latency-evidence.ts";
import {
  dailyPattern,
  makeReference,
  measureSpread,
  type Reference,
  tallyAgainst,
} from "./latency-reference.ts";
import { LATENCY_RULE } from "./latency-rule.ts";

export type LatencyRecoveryInput = CommonLatencyInput & {
  /** Up to a week before the operation became slow; empty where it never was fast. */
  readonly before: readonly LatencyBucket[];
  /** From when it became slow up to the deploy. */
  readonly slow: readonly LatencyBucket[];
  /** Whole buckets since the deploy. */
  readonly since: readonly LatencyBucket[];
  readonly hoursSinceDeploy: number;
  /** Hours after which it is inconclusive; absent: 48. */
  readonly capHours?: number | undefined;
};

/** The numbers that a decision used: plain JSON, under 1 KB, enough to make the same decision again. */
export type LatencyRecoverySummary = CommonSummary & {
  readonly minSamples: number;
  readonly aboveMs: number | null;
  /** Requests since the deploy, those over the fixed threshold, and those to be expected of a fast operation. */
  readonly samples: number;
  readonly slow: number | null;
  readonly expected: number;
  /** How many times as many slow requests it had while it was slow. */
  readonly excess: number;
  /** p95 since the deploy, and the highest at which it is called fast again; null where not known. */
  readonly p95: number | null;
  readonly bound: number | null;
  /** p95 of the same hours before; null where it never was fast. */
  readonly fastP95: number | null;
  /** Days with the same hours before. */
  readonly days: number;
};

/** Reduces the buckets to the numbers that the rule needs. */
export function summariseLatencyRecovery(input: LatencyRecoveryInput): LatencyRecoverySummary {
  const { before, slow, since, thresholdMs } = input;
  const reference = makeReference(before, slow);
  const now = tallyAgainst(reference, since);
  const spread = measureSpread(reference, since);
  const phi = estimatePhi(spread, now.expected);
  const counts = { slow: now.above ?? 0, expected: now.expected, excess: reference.excess, phi };
  const fast = before.length > 0;
  return {
    rule: LATENCY_RULE.version,
    minSamples: input.minSamples,
    aboveMs: input.aboveMs ?? null,
    samples: now.samples,
    slow: now.above,
    expected: now.expected,
    excess: reference.excess,
    p95: now.p95,
    bound: fast ? chooseBound(spread) : thresholdMs,
    fastP95: fast ? spread.p95 : null,
    phi,
    days: spread.days,
    hours: input.hoursSinceDeploy,
    cap: input.capHours ?? RULE.capHours,
    eta: now.above === null ? null : hoursUntil(expectationToRecovery(counts), now, reference, input),
    shut: [],
  };
}

type Spread = ReturnType<typeof measureSpread>;

/** With few days they are taken to differ by 10 %; the reference is itself estimated from these days. */
function estimatePhi({ days, phiHours, phiDays }: Spread, expected: number): number {
  const assumed =
    days < LATENCY_RULE.enoughDays
      ? 1 + LATENCY_RULE.assumedDayVariance * Math.min(expected, MOST_ASSUMED)
      : 1;
  return Math.max(assumed, phiHours, phiDays) * (1 + 1 / Math.max(1, days));
}

/** More than this many slow requests in a row share no one day. */
const MOST_ASSUMED = 200;

/** At most 5 % over the same hours before, or as slow as the slowest of those days. */
function chooseBound({ p95, slowestDay }: Spread): number | null {
  return p95 === null ? null : Math.max(p95 * LATENCY_RULE.recoveredRatio, slowestDay ?? 0);
}

/**
 * Hours until the rule can say recovered: until the odds suffice, and enough requests and enough slow ones to be expected
 * have come, in a day like those of the reference. Null where one of them takes more than a year.
 */
function hoursUntil(
  evidence: number | null,
  now: { readonly samples: number; readonly expected: number },
  reference: Reference,
  { since, slow, minSamples, hoursSinceDeploy }: LatencyRecoveryInput,
): number | null {
  if (evidence === null) return null;
  const last = Math.max(...since.map(({ at }) => at), ...slow.map(({ at }) => at)) + HOUR;
  const { expected, samples } = dailyPattern(reference);
  const slowRequests = Math.max(evidence, LATENCY_RULE.minRecoveryExpected - now.expected);
  const waits = [
    walkDays(slowRequests, expected, last / HOUR),
    walkDays(minSamples - now.samples, samples, last / HOUR),
  ];
  if (waits.some((hours) => hours === null)) return null;
  return Math.max(...waits.map((hours) => hours ?? 0), RULE.minHours - hoursSinceDeploy);
}

/** Hours until `further` has come, by the pattern of a day that begins at midnight; null: more than a year. */
function walkDays(further: number, pattern: readonly number[], start: number): number | null {
  if (further <= 0) return 0;
  const day = pattern.reduce((sum, each) => sum + each, 0);
  if (!(further / day <= 365)) return null;
  return walkPattern(pattern, further, Math.floor(start));
}
