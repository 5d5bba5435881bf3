import type { Line } from "@patchpilot/action-kit";
import { asSentence } from "@patchpilot/evidence";
import type { DispatchRecord } from "@patchpilot/incident";
import { adviseNeed, foldRecord } from "@patchpilot/status";
import type { SkipReason } from "./contract.ts";
import { WENT_ON } from "./decide/records.ts";

/** Why no attempt is opened, with what a person can do. */
export function dispatchText(record: DispatchRecord): string {
  const [name = "", ...rest] = record.reason.split(": ");
  if (name === WENT_ON) return "**No attempt was opened for a while:** one was opened since.";
  const remedy = name === "spend-cap" ? CAPPED : adviseNeed(name).next;
  return foldRecord("No attempt is opened", `${asSentence(rest.join(": ") || name)}\n\n${remedy}`);
}

const CAPPED = "Nothing is lost: no attempt is used up, and you need not ask again.";

const WARNED: ReadonlySet<SkipReason> = new Set([
  "dispatch-refused",
  "claim-refused",
  "frozen",
  "older-record",
]);

/** A log line for a skip; what repeats at every tick is not worth an annotation. */
export const skipLine = (issue: number, reason: SkipReason, detail: string): Line => ({
  level: WARNED.has(reason) ? "warning" : "info",
  text: `#${issue} is not dispatched (${reason}). ${asSentence(detail)}`,
});
