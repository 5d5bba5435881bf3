/** The constants of the latency rules. A change here changes the published error rates: run `npm run bench:verdicts`. */
export const LATENCY_RULE = {
  /** Raised with every change that can change a verdict, so that a stored summary names the rule it was judged by. */
  version: 1,
  /** Slow requests that the hours before let expect; with fewer, a share says nothing. */
  minExpected: 10,
  /** Days with the same hours from which on their own spread is believed. */
  enoughDays: 5,
  /**
   * With fewer days they are taken to differ by 10 %, which moves the share of slow requests by about 30 %
   * (log-normal latency with sigma .6, threshold at the ninth decile): relative variance .3 squared.
   */
  assumedDayVariance: 0.09,
  /** One-sided .5 % point of the normal distribution. */
  normalCritical: 2.576,
  /** Buckets with a p95 that the comparison by ranks needs on each side. */
  minBuckets: 8,
  /** The last third of the window has to keep this share of the rise. */
  keptRise: 1 / 3,
  /** Slow: share of the requests that must lie in buckets over the threshold, and least buckets. */
  slowShare: 0.75,
  slowBuckets: 3,
  /** Fast again: p95 at most this many times that of the same hours before. */
  recoveredRatio: 1.05,
  /** Slow requests that a fast operation would have had since the deploy; with fewer, their number says nothing. */
  minRecoveryExpected: 5,
} as const;

/**
 * One-sided .5 % points of Student's t for 1, 2, … degrees of freedom (Fisher and Yates, table III). At 1 % a
 * level that wanders by 10 % from day to day gives 3 % false alarms, at .5 % it gives 2 %.
 */
const T_CRITICAL = [
  63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.25, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947,
];

/** How many standard errors a rise must have, where their size was estimated from this many days. */
export function criticalForDays(days: number): number {
  return T_CRITICAL[days - 2] ?? T_CRITICAL.at(-1) ?? LATENCY_RULE.normalCritical;
}
