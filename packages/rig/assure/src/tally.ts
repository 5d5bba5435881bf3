import type { Tally } from "./figure.ts";

/** More faults than these say nothing new. */
const MOST_FAULTS = 8;

export const NOTHING: Tally = { sample: 0, counts: {}, worst: {}, faults: [] };

/** The tally of both parts. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    sample: one.sample + other.sample,
    counts: merge(one.counts, other.counts, (a, b) => a + b),
    worst: merge(one.worst, other.worst, Math.max),
    faults: [...one.faults, ...other.faults].slice(0, MOST_FAULTS),
  };
}

function merge(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
  both: (a: number, b: number) => number,
): Record<string, number> {
  const sum: Record<string, number> = { ...one };
  for (const [name, value] of Object.entries(other))
    sum[name] = name in one ? both(one[name] as number, value) : value;
  return sum;
}
