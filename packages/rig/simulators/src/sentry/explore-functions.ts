import type { Observation } from "./explore-data.ts";
import { SentryViolation } from "./refusal.ts";

/** A function of Explore, as `p95(span.duration)`. */
export type ExploreFunction = {
  readonly valueType: "integer" | "duration" | "percentage" | "number" | "rate" | "date";
  readonly valueUnit: string | null;
  /** @returns null where there is nothing to aggregate; counts are 0 then. */
  readonly evaluate: (members: readonly Observation[], windowMs: number) => number | string | null;
};

type Weighted = { readonly value: number; readonly weight: number };

const total = (members: readonly Observation[]): number => members.reduce((sum, { count }) => sum + count, 0);
const samples = (members: readonly Observation[]): number =>
  members.reduce((sum, one) => sum + one.samples, 0);

/** Share of spans that failed: status not in ok, cancelled, unknown. */
function failureRate(members: readonly Observation[]): number | null {
  const failed = members.filter(
    ({ read }) => !["ok", "cancelled", "unknown"].includes(String(read("span.status"))),
  );
  return members.length === 0 ? null : total(failed) / total(members);
}

function mean(values: readonly Weighted[]): number | null {
  const weight = values.reduce((sum, one) => sum + one.weight, 0);
  return weight === 0 ? null : values.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
}

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

function extreme(values: readonly Weighted[], choose: (...all: number[]) => number): number | null {
  return values.length === 0
    ? null
    : values.map(({ value }) => value).reduce((one, other) => choose(one, other));
}

const count: ExploreFunction = { valueType: "integer", valueUnit: null, evaluate: total };

/** `min(timestamp)`: when the first of them happened. */
const firstInstant: ExploreFunction = {
  valueType: "date",
  valueUnit: null,
  evaluate: (all) => {
    const [earliest] = all.toSorted((one, other) => one.at - other.at);
    return earliest === undefined ? null : String(earliest.read("timestamp"));
  },
};

/** Functions without a field. */
const COUNTS: Readonly<Record<string, ExploreFunction>> = {
  count,
  count_sample: { ...count, evaluate: samples },
  epm: { valueType: "rate", valueUnit: "1/minute", evaluate: (all, ms) => total(all) / (ms / 60_000) },
  failure_rate: { valueType: "percentage", valueUnit: null, evaluate: failureRate },
};

/** Functions of a numeric field, `span.duration` where none is named. */
const AGGREGATES: Readonly<Record<string, (values: readonly Weighted[]) => number | null>> = {
  ...Object.fromEntries(
    [50, 75, 90, 95, 99, 100].map((percent) => [
      `p${percent}`,
      (values: readonly Weighted[]) => quantile(values, percent / 100),
    ]),
  ),
  avg: mean,
  sum: (values) => values.reduce((sum, { value, weight }) => sum + value * weight, 0),
  min: (values) => extreme(values, Math.min),
  max: (values) => extreme(values, Math.max),
};

/**
 * Reads a function.
 * @returns undefined for a plain field.
 * @throws Violation for a function, or a field in it, that is not simulated; Sentry knows more.
 */
export function readFunction(text: string): ExploreFunction | undefined {
  const [, name, list = ""] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (text === "min(timestamp)") return firstInstant;
  const args = list
    .split(",")
    .map((arg) => arg.trim())
    .filter(Boolean);
  const [first = "span.duration"] = args;
  if (Object.hasOwn(COUNTS, name) && args.length === 0) return COUNTS[name];
  if (name === "count_unique" && args.length === 1)
    return { ...count, evaluate: (all) => unique(all, first) };
  const isConditional = name === "avg_if" && args.length === 3;
  const bare = isConditional ? "avg" : name.replace(/_sample$/, "");
  const aggregate = Object.hasOwn(AGGREGATES, bare) ? AGGREGATES[bare] : undefined;
  const isNumeric = /^(span\.(duration|self_time)|measurements\.\w+)$/.test(first);
  if (aggregate === undefined || !isNumeric || args.length > (isConditional ? 3 : 1))
    throw new SentryViolation(400, `The simulated Sentry knows no function "${text}".`);
  const isDuration = first !== "measurements.cls";
  const [, key = "", wanted] = args;
  return {
    valueType: isDuration ? "duration" : "number",
    valueUnit: isDuration ? "millisecond" : null,
    evaluate: (all) => {
      const members = isConditional ? all.filter(({ read }) => String(read(key)) === wanted) : all;
      return aggregate(weigh(members, first, name.endsWith("_sample")));
    },
  };
}

function unique(members: readonly Observation[], field: string): number {
  return new Set(members.map(({ read }) => read(field)).filter((value) => value !== null)).size;
}

function weigh(members: readonly Observation[], field: string, asStored: boolean): readonly Weighted[] {
  return members.flatMap(({ read, samples: stored, count: extrapolated }) => {
    const value = read(field);
    return typeof value === "number" ? [{ value, weight: asStored ? stored : extrapolated }] : [];
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
