/** A count of trials out of all. */
export type Share = { readonly count: number; readonly of: number };

/** Standard normal quantile of 97.5 %. */
const Z = 1.959964;

/** Standard normal quantile of 1 less 1 in 100,000. */
export const ONE_IN_100_000 = 4.264891;

/**
 * Wilson's interval of a binomial share (Wilson, 1927), which holds for shares near 0 and 1 too.
 *
 * @param z standard normal quantile of each bound; absent: that of the 95 % interval
 * @returns bounds between 0 and 1; [0, 1] of nothing
 */
export function wilsonInterval({ count, of }: Share, z = Z): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const share = count / of;
  const scale = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** "0.35 %", with as many digits as small shares need. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value === 0 || value === 100 ? 0 : value < 1 || value > 99 ? 2 : 1;
  return `${value.toFixed(digits)} %`;
}
