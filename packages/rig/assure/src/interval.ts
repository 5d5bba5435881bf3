/**
 * The largest share that a count leaves possible: Clopper and Pearson's exact upper bound (1934), one-sided.
 *
 * @param count how often it was seen @param of how often it was tried; 0: the bound is 1
 * @param confidence of the bound; absent: .95
 */
export function upperBound(count: number, of: number, confidence = 0.95): number {
  if (count >= of) return 1;
  const wanted = 1 - confidence;
  if (count === 0) return -Math.expm1(Math.log(wanted) / of);
  return bisect((share) => atMost(count, of, share) > wanted);
}

/** The smallest share that a count leaves possible; 0 of nothing. */
export const lowerBound = (count: number, of: number, confidence = 0.95): number =>
  of === 0 ? 0 : 1 - upperBound(of - count, of, confidence);

/** Where a statement that holds for small shares ceases to. */
function bisect(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of at most `count` of `of`, each with this share: the sum of the terms, from the likeliest on. */
function atMost(count: number, of: number, share: number): number {
  if (share <= 0) return 1;
  if (share >= 1) return 0;
  let term = 1;
  let sum = 1;
  // Terms from `count` down, relative to that of `count`; its logarithm is added once at the end.
  for (let at = count; at > 0 && term > sum * 1e-17; at -= 1) {
    term *= (at / (of - at + 1)) * ((1 - share) / share);
    sum += term;
    if (!Number.isFinite(sum)) return 1;
  }
  const logOfTerm = logChoose(of, count) + count * Math.log(share) + (of - count) * Math.log1p(-share);
  return Math.min(1, Math.exp(logOfTerm) * sum);
}

function logChoose(of: number, count: number): number {
  let sum = 0;
  for (let at = 1; at <= Math.min(count, of - count); at += 1) sum += Math.log((of - at + 1) / at);
  return sum;
}

/** "0.015 %", with two digits that count. */
export function twoDigitPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** What a sample without a single violation says of all others. */
export const describeBound = (count: number, of: number): string =>
  `<= ${twoDigitPercent(upperBound(count, of))} at 95 %`;
