import type { Observation } from "./explore-data.ts";
import { SentryViolation } from "./refusal.ts";

/** A function of Explore, as `p95(span.duration)`. */
export type ExploreFunction = {
  readonly valueType: "integer" | "duration";
  readonly valueUnit: string | null;
  /** @returns null where there is nothing to aggregate; counts are 0 then. */
  readonly evaluate: (members: readonly Observation[]) => number | null;
};

type Weighted = { readonly value: number; readonly weight: number };

const total = (members: readonly Observation[]): number => members.reduce((sum, { count }) => sum + count, 0);
const samples = (members: readonly Observation[]): number =>
  members.reduce((sum, one) => sum + one.samples, 0);

/** The least value that this share of the weight does not exceed. */
function quantile(values: readonly Weighted[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one.value - other.value);
  let left = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  for (const { value, weight } of sorted) {
    left -= weight;
    if (left <= 1e-9) return value;
  }
  return sorted.at(-1)?.value ?? null;
}

const count: ExploreFunction = { valueType: "integer", valueUnit: null, evaluate: total };

/** Functions without a field. */
const COUNTS: Readonly<Record<string, ExploreFunction>> = {
  count,
  count_sample: { ...count, evaluate: samples },
};

/** Functions of `span.duration`, which need not be named. */
const AGGREGATES: Readonly<Record<string, (values: readonly Weighted[]) => number | null>> = {
  ...Object.fromEntries(
    [50, 75, 90, 95, 99].map((percent) => [
      `p${percent}`,
      (values: readonly Weighted[]) => quantile(values, percent / 100),
    ]),
  ),
  sum: (values) => values.reduce((sum, { value, weight }) => sum + value * weight, 0),
};

/**
 * Reads a function.
 * @returns undefined for a plain field.
 * @throws Violation for a function, or a field in it, that is not simulated; Sentry knows more.
 */
export function readFunction(text: string): ExploreFunction | undefined {
  const [, name, field = ""] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (Object.hasOwn(COUNTS, name) && field === "") return COUNTS[name];
  const aggregate = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
  if (aggregate === undefined || !["", "span.duration"].includes(field))
    throw new SentryViolation(400, `The simulated Sentry knows no function "${text}".`);
  return {
    valueType: "duration",
    valueUnit: "millisecond",
    evaluate: (all) => aggregate(weigh(all)),
  };
}

function weigh(members: readonly Observation[]): readonly Weighted[] {
  return members.flatMap(({ read, count: weight }) => {
    const value = read("span.duration");
    return typeof value === "number" ? [{ value, weight }] : [];
  });
}

/** How sure Sentry is: of what was not extrapolated, or rests on many samples. */
export function judgeConfidence(members: readonly Observation[]): "high" | "low" | null {
  if (members.length === 0) return null;
  return samples(members) >= 100 || samples(members) === total(members) ? "high" : "low";
}

/** Stored samples, and the share of everything that they are. */
export function sampleFacts(members: readonly Observation[]) {
  const stored = samples(members);
  const sampleRate = stored === 0 ? null : stored / total(members);
  return { sampleCount: stored, sampleRate, confidence: judgeConfidence(members) };
}
