import { criticalForDays, LATENCY_RULE } from "./latency-rule.ts";
import { type LatencyInput, type LatencySummary, summariseLatency } from "./latency-summary.ts";

/** regressed: slower than the same hours before · slow: over the threshold, whatever it was before. */
export type LatencyVerdict = "regressed" | "slow" | "steady" | "insufficient";

/** Why it cannot be known whether it became slower. */
export type LatencyGap = "few-samples" | "no-baseline" | "few-expected" | "few-buckets";

export type LatencyTest = {
  /** Share of slow requests, or ranks of the buckets' p95 where it is not known. */
  readonly by: "share" | "rank";
  /** Standard errors of the rise, and how many are required for p < .005. */
  readonly z: number;
  readonly required: number;
  /** Observed over chance variance; 1 with ranks. */
  readonly phi: number;
  /** p95 now over p95 before. */
  readonly ratio: number;
  /** The last third of the window is still slow. */
  readonly lasting: boolean;
};

export type LatencyAssessment = {
  readonly verdict: LatencyVerdict;
  /** Over the threshold with enough samples, steadily; may hold of a regression, too. */
  readonly slow: boolean;
  readonly gaps: readonly LatencyGap[];
  /** null where there are gaps. */
  readonly test: LatencyTest | null;
  /** Share of slow requests now and before; null where not known. */
  readonly share: number | null;
  readonly baselineShare: number | null;
  /** Store this: `decideLatency` gives the same assessment again. */
  readonly summary: LatencySummary;
};

/**
 * Did an operation become slower than in the same hours before, or is it slow anyway? The share of requests
 * over a threshold fixed beforehand is compared with the same hours of earlier days, and must exceed what
 * chance and the spread between those days explain.
 */
export function assessLatency(input: LatencyInput): LatencyAssessment {
  return decideLatency(summariseLatency(input));
}

/** The decision that the numbers of a summary give; the same for one that was stored as JSON and read again. */
export function decideLatency(summary: LatencySummary): LatencyAssessment {
  const gaps = findGaps(summary);
  const test = gaps.length === 0 ? testRise(summary) : null;
  const slow = isSlow(summary);
  return {
    verdict: judge(summary, test, slow),
    slow,
    gaps,
    test,
    share: shareOf(summary.now),
    baselineShare: shareOf(summary.before),
    summary,
  };
}

function judge({ minChange }: LatencySummary, test: LatencyTest | null, slow: boolean): LatencyVerdict {
  if (test && test.z >= test.required && test.ratio >= minChange && test.lasting) return "regressed";
  if (slow) return "slow";
  return test === null ? "insufficient" : "steady";
}

function findGaps(summary: LatencySummary): LatencyGap[] {
  const { now, before, minSamples, days } = summary;
  if (now.samples < minSamples) return ["few-samples"];
  if (before.samples < minSamples || before.p95 === null || now.p95 === null) return ["no-baseline"];
  if (hasShares(summary)) return countExpected(summary) < LATENCY_RULE.minExpected ? ["few-expected"] : [];
  const enough = Math.min(now.buckets, before.buckets) >= LATENCY_RULE.minBuckets;
  return enough && days >= LATENCY_RULE.enoughDays ? [] : ["few-buckets"];
}

function hasShares({ now, before }: LatencySummary): boolean {
  return now.above !== null && before.above !== null;
}

function countExpected({ now, before }: LatencySummary): number {
  return (now.samples * (before.above ?? 0)) / before.samples;
}

function testRise(summary: LatencySummary): LatencyTest {
  const ratio = (summary.now.p95 ?? 0) / (summary.before.p95 ?? 0);
  return hasShares(summary) ? testShare(summary, ratio) : testRanks(summary, ratio);
}

/**
 * Two-sample binomial test with a pooled share, its variance times the dispersion phi (McCullagh and Nelder,
 * 4.5). As phi is estimated from few days, the rise is held against Student's t with days - 1 degrees of
 * freedom, which makes it a prediction interval for one more day.
 */
function testShare(summary: LatencySummary, ratio: number): LatencyTest {
  const { now, before, last, days } = summary;
  const p0 = (before.above ?? 0) / before.samples;
  const p1 = (now.above ?? 0) / now.samples;
  const pooled = ((now.above ?? 0) + (before.above ?? 0)) / (now.samples + before.samples);
  const phi = estimatePhi(summary);
  const variance = pooled * (1 - pooled) * (1 / now.samples + 1 / before.samples) * phi;
  return {
    by: "share",
    z: variance > 0 ? (p1 - p0) / Math.sqrt(variance) : 0,
    required: days >= LATENCY_RULE.enoughDays ? criticalForDays(days) : LATENCY_RULE.normalCritical,
    phi,
    ratio,
    lasting: (last.above ?? 0) / last.samples >= p0 + (p1 - p0) * LATENCY_RULE.keptRise,
  };
}

function estimatePhi(summary: LatencySummary): number {
  const assumed =
    summary.days < LATENCY_RULE.enoughDays ? 1 + LATENCY_RULE.assumedDayVariance * countExpected(summary) : 1;
  return Math.max(assumed, summary.phiHours, summary.phiDays);
}

/** Where only p95 and counts are known: the buckets' ranks and the days' spread both have to reject. */
function testRanks(summary: LatencySummary, ratio: number): LatencyTest {
  const required = criticalForDays(summary.days);
  const byRank = (summary.rankZ / LATENCY_RULE.normalCritical) * required;
  const lastRatio = (summary.last.p95 ?? 0) / (summary.before.p95 ?? 0);
  return {
    by: "rank",
    z: Math.min(byRank, summary.dayT),
    required,
    phi: 1,
    ratio,
    lasting: lastRatio >= 1 + (ratio - 1) * LATENCY_RULE.keptRise,
  };
}

/** p95 over the threshold, in most of the window and at its end. */
function isSlow({ now, last, thresholdMs, minSamples, slowShare }: LatencySummary): boolean {
  if (thresholdMs === null || now.samples < minSamples || now.buckets < LATENCY_RULE.slowBuckets)
    return false;
  const over = (p95: number | null) => p95 !== null && p95 > thresholdMs;
  return over(now.p95) && over(last.p95) && slowShare >= LATENCY_RULE.slowShare;
}

function shareOf({ above, samples }: { above: number | null; samples: number }): number | null {
  return above === null || samples === 0 ? null : above / samples;
}
