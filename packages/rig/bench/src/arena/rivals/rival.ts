/** What everybody sees of one incident: its errors in five-minute buckets before and since the deploy. */
export type IncidentCounts = { readonly before: readonly number[]; readonly since: readonly number[] };

/**
 * A way to judge that others use, written out as a rule. Answers are numbers of buckets since the deploy after which it
 * speaks; null: it never does. A rival looks after each bucket.
 */
export type Rival = {
  readonly name: string;
  /** Its rule in one sentence, for the table. */
  readonly rule: string;
  readonly recoveredAfter: (counts: IncidentCounts) => number | null;
  /** @param closedAfter when it called the incident recovered */
  readonly backAfter: (counts: IncidentCounts, closedAfter: number) => number | null;
};

/** Errors in the buckets before index i; one entry more than buckets. */
export function sumUp(counts: readonly number[]): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) sums[i + 1] = (sums[i] ?? 0) + (counts[i] ?? 0);
  return sums;
}

/** The end of the first bucket with an error from an index on. */
export function findError(counts: readonly number[], from: number): number | null {
  const index = counts.findIndex((count, i) => i >= from && count > 0);
  return index === -1 ? null : index + 1;
}

/** The end of the first stretch of so many buckets without an error. */
export function findQuiet(counts: readonly number[], length: number): number | null {
  let quiet = 0;
  for (let i = 0; i < counts.length; i++) {
    quiet = counts[i] === 0 ? quiet + 1 : 0;
    if (quiet >= length) return i + 1;
  }
  return null;
}
