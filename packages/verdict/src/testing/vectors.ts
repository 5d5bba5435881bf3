import { readFileSync } from "node:fs";
import type { Gates } from "../gates.ts";
import { BUCKETS_PER_HOUR } from "../rule.ts";
import type { Series } from "../series.ts";
import type { RecoveryInput } from "../summary.ts";

type Buckets = {
  readonly length: number;
  readonly exposurePattern: readonly (number | null)[];
  readonly events: readonly (readonly [index: number, count: number])[];
};

export type SummaryRow = {
  readonly kind: "summary";
  readonly in: { k0: number; events0: number; n0: number; E0: number; phi: number; c: number; E: number };
  readonly out: Readonly<Record<string, number | null>>;
};

export type BucketsRow = {
  readonly kind: "buckets";
  readonly name: string;
  readonly in: {
    readonly baseline: Buckets;
    readonly since: Buckets;
    readonly opts: {
      readonly clock?: boolean;
      readonly firstSeen?: boolean;
      readonly gates?: Partial<Gates>;
    };
  };
  readonly out: {
    readonly verdict: string;
    readonly why: string;
    readonly weak: readonly string[];
    readonly etaHours: number | null;
    readonly [number: string]: unknown;
  };
};

/** The published rows of the recovery rule: inputs and outputs. */
export function readVectors(): { rule: Record<string, unknown>; rows: (SummaryRow | BucketsRow)[] } {
  return JSON.parse(readFileSync(new URL("./fixtures/verdict-vectors.json", import.meta.url), "utf8"));
}

/** A row as the input of the rule. */
export function inputOf({ in: { baseline, since, opts } }: BucketsRow): RecoveryInput {
  return {
    baseline: expand(baseline),
    since: expand(since),
    clock: opts.clock ?? false,
    baselineBeginsAtFirstEvent: opts.firstSeen ?? false,
    hoursSinceDeploy: since.length / BUCKETS_PER_HOUR,
    ...(opts.gates ? { gates: opts.gates } : {}),
  };
}

function expand({ length, exposurePattern, events }: Buckets): Series {
  const counts = new Array<number>(length).fill(0);
  for (const [index, count] of events) counts[index] = count;
  const exposure = counts.map((_, i) => exposurePattern[i % exposurePattern.length] ?? Number.NaN);
  return { events: counts, exposure };
}
