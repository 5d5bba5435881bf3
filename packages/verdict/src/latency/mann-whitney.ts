/** How two sets of values compare by their ranks. */
export type RankComparison = {
  /** Standard errors by which the later values are higher; 0 where nothing can be told. */
  readonly z: number;
  /** Common-language effect size: how often a later value is higher than an earlier one, ties half. */
  readonly effect: number;
};

/**
 * Mann and Whitney's U with the normal approximation and the correction for ties (Lehmann, Nonparametrics,
 * 1.4); the effect size is U over the number of pairs (McGraw and Wong, 1992).
 */
export function compareRanks(earlier: readonly number[], later: readonly number[]): RankComparison {
  const m = earlier.length;
  const n = later.length;
  if (m === 0 || n === 0) return { z: 0, effect: 0.5 };
  const { ranks, tieTerm } = rankAll([...earlier, ...later]);
  const sum = ranks.slice(m).reduce((total, rank) => total + rank, 0);
  return fromRankSum(sum, m, n, tieTerm);
}

/** @param sum sum of the ranks of the n later values among all m + n */
export function fromRankSum(sum: number, m: number, n: number, tieTerm: number): RankComparison {
  const u = sum - (n * (n + 1)) / 2;
  const all = m + n;
  const variance = ((m * n) / 12) * (all + 1 - tieTerm / (all * (all - 1)));
  return { z: variance > 0 ? (u - (m * n) / 2) / Math.sqrt(variance) : 0, effect: u / (m * n) };
}

/** Ranks from 1, ties sharing their mean; `tieTerm` is the sum of t^3 - t over groups of t ties. */
export function rankAll(values: readonly number[]): { ranks: number[]; tieTerm: number } {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  let tieTerm = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    const ties = end - start;
    tieTerm += ties ** 3 - ties;
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return { ranks, tieTerm };
}
