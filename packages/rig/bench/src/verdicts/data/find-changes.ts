import { findChangePoint } from "@patchpilot/verdict";
import type { Recording } from "./recording.ts";

/** Least rise that counts as one. */
const MIN_CHANGE = 1.05;

/** Rows by which a change that is found may lie beside the one that somebody marked: five, or a hundredth of all. */
const chooseMargin = (rows: number) => Math.max(5, Math.round(rows / 100));

export type ChangeFound = {
  readonly name: string;
  /** Row at which the series rose for good; null: at none. */
  readonly row: number | null;
  readonly ratio: number | null;
  /** null where nobody said when the series changed. */
  readonly matches: boolean | null;
};

/** Looks for the rise of a series, as the latency rule looks for the breakpoint of a p95. */
export function findSeriesChange({ name, start, intervalMs, values, changes }: Recording): ChangeFound {
  const buckets = values.map((value, row) => ({
    at: start + row * intervalMs,
    samples: 1,
    p95: Number.isNaN(value) ? null : value,
    above: null,
  }));
  const found = findChangePoint(buckets, MIN_CHANGE);
  const row = found === undefined ? null : Math.round((found.at - start) / intervalMs);
  return { name, row, ratio: found?.ratio ?? null, matches: matchesAny(row, changes, values.length) };
}

function matchesAny(row: number | null, changes: readonly number[] | null, rows: number): boolean | null {
  if (changes === null) return null;
  if (row === null) return changes.length === 0;
  return changes.some((change) => Math.abs(change - row) <= chooseMargin(rows));
}
