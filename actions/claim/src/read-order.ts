import { attemptKey, WORK_ORDER_KEY, type WorkOrder, workOrder } from "@patchpilot/incident";
import { nameAction } from "@patchpilot/owner";

/**
 * Reads and checks the work order of this run.
 * @param source text of a file, or the event of the run.
 * @throws Error with one sentence for anything that dispatch would not have sent; nothing was done by then.
 */
export function readOrder(
  source: { readonly file: string } | { readonly event: Readonly<Record<string, unknown>> },
): WorkOrder {
  const given = "file" in source ? parse(source.file, "The file in `work-order`") : fromEvent(source.event);
  const result = workOrder.safeParse(given);
  if (!result.success) {
    const [first] = result.error.issues;
    throw new Error(
      `The work order is not one that ${nameAction("dispatch")} sends: \`${first?.path.join(".") || "(whole)"}\` ${first?.message ?? "is wrong"}. Nothing was done.`,
    );
  }
  return consistent(result.data);
}

function fromEvent(event: Readonly<Record<string, unknown>>): unknown {
  const payload = event["client_payload"] as Record<string, unknown> | undefined;
  const inputs = event["inputs"] as Record<string, unknown> | undefined;
  if (payload?.[WORK_ORDER_KEY] !== undefined) return payload[WORK_ORDER_KEY];
  const text = inputs?.[WORK_ORDER_KEY];
  if (typeof text === "string") return parse(text, "The workflow's input `patchpilot`");
  throw new Error(
    `This run has no work order. \`claim\` belongs in a workflow that ${nameAction("dispatch")} starts: \`on: repository_dispatch: types: [patchpilot-repair]\`.`,
  );
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON. Nothing was done.`);
  }
}

/** The key is what the gate is called: spelled in any other way it would name a second gate of the same attempt. */
function consistent(order: WorkOrder): WorkOrder {
  if (order.key === attemptKey(order.repositoryId, order.issue, order.attempt)) return order;
  throw new Error(
    `The work order's key ${order.key} does not name its own issue and attempt. Nothing was done.`,
  );
}
