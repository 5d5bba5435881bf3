import type { WorkOrder } from "@patchpilot/incident";
import { workOrderOf } from "@patchpilot/incident/testing";

/** A work order as the event holds it: nothing has read it yet. */
export function makeOrder(
  more: Partial<WorkOrder> = {},
  incident: Partial<WorkOrder["incident"]> = {},
): WorkOrder {
  const key = `pp-77-12-a${more.attempt ?? 1}`;
  const order = workOrderOf({ key, repositoryId: 77, evidence: "", suspectFiles: [], ...more });
  return { ...order, incident: { ...order.incident, title: "TypeError", ...incident } };
}
