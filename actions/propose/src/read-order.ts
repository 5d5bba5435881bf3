import { WORK_ORDER_KEY, type WorkOrder, workOrder } from "@patchpilot/incident";

/**
 * The work order of this run, if the event holds one for this key. It words the pull request and may name a reviewer: what may be
 * published is decided on gate and patch, so that anything unreadable is passed over.
 */
export function findOrder(event: Readonly<Record<string, unknown>>, key: string): WorkOrder | undefined {
  const given = givenOrder(event);
  const order = workOrder.safeParse(typeof given === "string" ? fromText(given) : given).data;
  return order?.key === key ? order : undefined;
}

/** Whether `dispatch` started this run, for whichever attempt. */
export const isDispatched = (event: Readonly<Record<string, unknown>>): boolean =>
  (givenOrder(event) ?? "") !== "";

function givenOrder(event: Readonly<Record<string, unknown>>): unknown {
  const payload = event["client_payload"] as Record<string, unknown> | null | undefined;
  const inputs = event["inputs"] as Record<string, unknown> | null | undefined;
  return payload?.[WORK_ORDER_KEY] ?? inputs?.[WORK_ORDER_KEY];
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
