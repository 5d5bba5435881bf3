import { isInFamily } from "@patchpilot/incident";
import type { PerfScanInputs } from "../contract.ts";
import type { SuspectOperation } from "../facts.ts";

/** What may take long by its nature: jobs, models, whole pages. Only a rise shows that something is wrong with it. */
const LONG = [
  ...["queue", "message", "topic", "celery", "task", "job", "cron", "console", "function", "subprocess"],
  ...["gen_ai", "ai", "mcp", "websocket", "pageload", "ui", "resource", "app"],
];
/** So many times its p95 of before is too long for it, too. */
const MOST_RISE = 2;

/**
 * p95 in milliseconds over which an operation is slow. What may take long has to exceed twice what it took before as
 * well; null where that is not known.
 */
export function chooseThreshold(
  { operation: { op }, before }: Pick<SuspectOperation, "operation" | "before">,
  { "p95-threshold-ms": threshold, "min-samples": least }: PerfScanInputs,
): number | null {
  if (!LONG.some((family) => isInFamily(op, family))) return threshold;
  return before === null || before.samples < least ? null : Math.max(threshold, MOST_RISE * before.p95);
}
