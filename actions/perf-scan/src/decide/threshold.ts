import { isInFamily } from "@patchpilot/sentry";
import type { PerfScanInputs } from "../contract.ts";

/** What may take long by its nature: jobs, models, whole pages. Only a rise tells that something is wrong with it. */
const LONG = [
  ...["queue", "message", "topic", "celery", "task", "job", "cron", "console", "function", "subprocess"],
  ...["gen_ai", "ai", "mcp", "websocket", "pageload", "ui", "resource", "app"],
];

/** p95 in milliseconds over which an operation is slow, whatever it was before; null for what may take long. */
export const chooseThreshold = (
  op: string,
  { "p95-threshold-ms": threshold }: PerfScanInputs,
): number | null => (LONG.some((family) => isInFamily(op, family)) ? null : threshold);
