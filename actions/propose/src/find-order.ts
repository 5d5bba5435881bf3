import { WORK_ORDER_KEY, type WorkOrder, workOrder } from "@patchpilot/incident";

/**
 * The work order of this run, if the event holds one for this key. It only words the pull request: what may be
 * published is decided on gate and patch, so that anything unreadable is passed over.
 */
export function findOrder(event: Readonly<Record<string, unknown>>, key: string): WorkOrder | undefined {
  const payload = event["client_payload"] as Record<string, unknown> | null | undefined;
  const inputs = event["inputs"] as Record<string, unknown> | null | undefined;
  const given = payload?.[WORK_ORDER_KEY] ?? fromText(inputs?.[WORK_ORDER_KEY]);
  const order = workOrder.safeParse(given).data;
  return order?.key === key ? order : undefined;
}

function fromText(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
