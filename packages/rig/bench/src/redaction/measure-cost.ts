/** What a text costs that is as long as GitHub takes. */
export interface TextCost {
  /** Of CPU. */
  readonly milliseconds: number;
  /** How many times as long twice the text takes; 0: too quick to compare. */
  readonly growth: number;
}

/** Twice the text may take twice the time, and a quarter more for what caches and the garbage collector add. */
export const COST_LIMITS: TextCost = { milliseconds: 250, growth: 2.5 };

/** Characters: the most that GitHub takes. */
export const LENGTH = 65_536;
/** The longest first: what only the first calls compile is no growth. Longer texts show what is not linear. */
const LENGTHS: readonly number[] = [4 * LENGTH, 2 * LENGTH, LENGTH];
/** Where the longest text takes so little, growth does no harm, and the clock is too coarse for it. */
const QUICK_MS = 40;
const LEAST_ROUNDS = 3;
const MOST_ROUNDS = 20;

/**
 * The least of several rounds, each of which times every length. What disturbs a measurement only adds to it, so what
 * misses a limit is measured again before it counts; a rule that is not linear misses it in every round.
 *
 * @param time CPU milliseconds of a text with so many characters
 */
export function measureCost(time: (length: number) => number, limits = COST_LIMITS): TextCost {
  let least = LENGTHS.map(() => Number.POSITIVE_INFINITY);
  for (let round = 1; ; round += 1) {
    least = LENGTHS.map((length, at) => Math.min(time(length), least[at] ?? Number.POSITIVE_INFINITY));
    const cost = readCost(least);
    const isKnown = cost.growth === 0 || round >= LEAST_ROUNDS;
    if (round === MOST_ROUNDS || (isKnown && keepsLimits(cost, limits))) return cost;
  }
}

export const keepsLimits = ({ milliseconds, growth }: TextCost, limits: TextCost): boolean =>
  milliseconds <= limits.milliseconds && growth <= limits.growth;

function readCost(times: readonly number[]): TextCost {
  const isQuick = (times[0] ?? 0) < QUICK_MS;
  return { milliseconds: times.at(-1) ?? 0, growth: isQuick ? 0 : 2 ** fitExponent(times) };
}

/** The slope of time over length, both as logarithms, by least squares: 1 is linear, 2 quadratic. */
function fitExponent(times: readonly number[]): number {
  const [lengths, logs] = [LENGTHS, times].map((values) => center(values.map(Math.log2))) as [
    number[],
    number[],
  ];
  const product = (other: readonly number[]) =>
    lengths.reduce((sum, each, at) => sum + each * (other[at] ?? 0), 0);
  return product(logs) / product(lengths);
}

function center(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
