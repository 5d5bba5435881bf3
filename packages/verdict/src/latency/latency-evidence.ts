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

/** Natural logarithms; 0 means "both explain it equally well". */
export type LatencyEvidence = { readonly logE: number; readonly logF: number; readonly logImproved: number };

const LOG_THRESHOLD = Math.log(RULE.threshold);
const MOST_DOUBLINGS = 30;
const MOST_HALVINGS = 60;

/** Evidence that it is fast again (logE), that it is not (logF), and that it became faster (logImproved). */
export function weighLatency(counts: SlowCounts): LatencyEvidence {
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
  if (reached(0)) return 0;
  let high = 1;
  for (let doublings = 0; !reached(high); doublings++) {
    if (doublings === MOST_DOUBLINGS) return null;
    high *= 2;
  }
  let low = high === 1 ? 0 : high / 2;
  for (let halvings = 0; halvings < MOST_HALVINGS && high - low > 1e-9 * high; halvings++) {
    const middle = (low + high) / 2;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Log of the mean Poisson likelihood ratio of the alternatives to the null, where a share x of the excess left
 * means 1 + x (excess - 1) times the expected slow requests. As a mean of likelihood ratios against one null it
 * is an e-process, so it may be looked at any number of times (Ville's inequality); the dispersion discounts
 * every request by the company in which it comes.
 */
function logRatio(
  { nothing, instead }: { readonly nothing: number; readonly instead: readonly number[] },
  { slow, expected, excess, phi }: SlowCounts,
): number {
  const times = (left: number) => 1 + left * (excess - 1);
  const atNull = times(nothing);
  const logs = instead.map((left) => {
    const rate = times(left);
    return (slow * Math.log(rate / atNull) - (rate - atNull) * expected) / phi;
  });
  const highest = Math.max(...logs);
  return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0) / logs.length);
}
