/**
 * Rate behind the share of active buckets. At many errors an hour most buckets are active, and a tenth of the
 * errors can still fill half of them; bursts work the other way, so the mean number of errors per active
 * bucket bounds the correction.
 *
 * @param active active buckets before the deploy
 * @param counted buckets with exposure or errors before the deploy
 * @param events errors in them
 * @returns mean errors per bucket under a Poisson model; 0 where no correction is due
 */
export function saturationRate(active: number, counted: number, events: number): number {
  if (active === 0) return 0;
  const perActive = Math.max(1, events / active);
  const bound = perActive < 2 ? 2 * (perActive - 1) : perActive;
  return Math.min(-Math.log1p(-active / (counted + 1)), bound);
}

/** Ratio of active buckets that a ratio of rates gives: (1-e^(-r lam))/(1-e^(-lam)), which is r for rare errors. */
export function activeRatio(ratio: number, lam: number): number {
  return lam <= 1e-9 ? ratio : Math.expm1(-ratio * lam) / Math.expm1(-lam);
}

/** What a bucket adds to the active ones to expect, up to a common factor, if errors come at a steady rate per exposure. */
export function activeShare(lam: number, exposure: number, mean: number): number {
  return lam <= 1e-9 ? exposure : -Math.expm1((-lam * exposure) / mean);
}
