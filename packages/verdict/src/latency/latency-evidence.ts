import { type Evidence, type Hypotheses, LOG_THRESHOLD, logMean } from "../evidence.ts";
import { findLeast } from "../find-least.ts";
import { RULE } from "../rule.ts";

/** What the likelihood ratios are computed from. */
export type SlowCounts = {
  /** Slow requests since the deploy. */
  readonly slow: number;
  /** Slow requests that a fast operation would have had in the same hours. */
  readonly expected: number;
  /** How many times as many it had while it was slow. */
  readonly excess: number;
  /** Observed over chance variance, at least 1. */
  readonly phi: number;
};

/** Evidence that it is fast again (logE), that it is not (logF), and that it became faster (logImproved). */
export function weighLatency(counts: SlowCounts): Evidence {
  if (!hasContrast(counts)) return { logE: 0, logF: 0, logImproved: 0 };
  return {
    logE: logRatio(RULE.recovered, counts),
    logF: logRatio(RULE.failing, counts),
    logImproved: logRatio(RULE.improved, counts),
  };
}

/** Without more slow requests than a fast operation has, there is nothing to recover from. */
export function hasContrast({ excess }: Pick<SlowCounts, "excess">): boolean {
  return excess > 1 && Number.isFinite(excess);
}

/**
 * The least further expectation at which the evidence for recovery reaches the threshold if from now on the
 * operation is as fast as it was.
 *
 * @returns 0: reached; null: never
 */
export function expectationToRecovery(counts: SlowCounts): number | null {
  if (!hasContrast(counts)) return null;
  const reached = (further: number) =>
    logRatio(RULE.recovered, {
      ...counts,
      slow: counts.slow + further,
      expected: counts.expected + further,
    }) >= LOG_THRESHOLD;
  return findLeast(reached, { start: 1, doublings: 30, halvings: 60, precision: 1e-9 });
}

/**
 * Log of the mean Poisson likelihood ratio of the alternatives to the null, where a share x of the excess left
 * means 1 + x (excess - 1) times the expected slow requests. As a mean of likelihood ratios against one null it
 * is an e-process, so it may be looked at any number of times (Ville's inequality); the dispersion discounts
 * every request by the company in which it comes.
 */
function logRatio({ nothing, instead }: Hypotheses, { slow, expected, excess, phi }: SlowCounts): number {
  const times = (left: number) => 1 + left * (excess - 1);
  const atNull = times(nothing);
  const logs = instead.map((left) => {
    const rate = times(left);
    return (slow * Math.log(rate / atNull) - (rate - atNull) * expected) / phi;
  });
  return logMean(logs);
}
