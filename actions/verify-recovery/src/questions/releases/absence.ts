import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";

/** With this part of the old errors old releases are a large part of what was; a few of them never leave. */
const MUCH = 0.25;
const FEW = 0.05;

/**
 * Log of the evidence that releases have stopped raising errors: by likelihood FEW against MUCH, over the hours that they may
 * have stopped at, half of the weight on the first and the rest falling with the square. It may be asked any number of times
 * (an e-process, Ville): where MUCH is left it exceeds log(1 / p) with a probability of at most p, ever.
 *
 * @param errors by five-minute bucket since the deploy
 * @param usual as many as would have been raised before
 * @param dispersion of the errors before the deploy, at least 1
 */
export function weighAbsence(
  errors: readonly number[],
  usual: readonly number[],
  dispersion: number,
): number {
  let [seen, expected] = [0, 0];
  let evidence = 0;
  for (let i = usual.length - 1; i >= 0; i -= 1) {
    seen += errors[i] ?? 0;
    expected += usual[i] || 0;
    if (i % BUCKETS_PER_HOUR !== 0) continue;
    const hour = i / BUCKETS_PER_HOUR;
    const weight = hour === 0 ? 1 / 2 : 1 / (2 * hour * (hour + 1));
    evidence += weight * Math.exp(((MUCH - FEW) * expected + seen * Math.log(FEW / MUCH)) / dispersion);
  }
  return Math.log(Math.min(evidence, Number.MAX_VALUE));
}
