import { isInFamily } from "@patchpilot/incident";
import type { PerfScanInputs } from "../contract.ts";
import type { ScanWindows } from "../decide/windows.ts";
import type { OperationTable } from "../facts.ts";
import type { SpanReader } from "../ports.ts";

/** The operations of both windows, and which kinds were not asked for. */
export type SpanTables = {
  readonly now: OperationTable;
  readonly before: OperationTable;
  /** Values of `span.op` that exist and belong to no family of `operations`, most time first. */
  readonly unjudged: readonly string[];
};

/**
 * Reads what took time in both windows. The newer table is of all operations, so that those which nobody asked for can
 * be named; only if they took places from the others, it is asked for once more without them.
 */
export async function readTables(
  spans: SpanReader,
  windows: ScanWindows,
  { operations }: PerfScanInputs,
): Promise<SpanTables> {
  const [all, before] = await Promise.all([
    spans.readTable(windows.current, []),
    spans.readTable(windows.before, operations),
  ]);
  const isWanted = (op: string): boolean => operations.some((family) => isInFamily(op, family));
  const rows = all.rows.filter(({ operation }) => isWanted(operation.op));
  const others = all.rows.flatMap(({ operation: { op } }) => (isWanted(op) ? [] : [op]));
  const isCrowded = all.truncated && others.length > 0;
  return {
    now: isCrowded ? await spans.readTable(windows.current, operations) : { ...all, rows },
    before,
    unjudged: [...new Set(others)],
  };
}
