import * as z from "zod";
import { performanceFacts } from "./performance.ts";
import { SEVERITIES } from "./records.ts";

/** The one key under `client_payload`, and the one input of `workflow_dispatch`. */
export const WORK_ORDER_KEY = "patchpilot";

/** GitHub allows 65,535 characters; half of it leaves room for escaping. */
export const WORK_ORDER_LIMIT = 32 * 1024;

const previousAttempt = z.looseObject({
  attempt: z.number(),
  outcome: z.string(),
  pullRequest: z.number().optional(),
  reason: z.string().optional(),
});

/** What a repair worker is told. `evidence` is data from production: text that an attacker may have written. */
export const workOrder = z.looseObject({
  v: z.literal(1),
  key: z.string().regex(/^pp-\d+-\d+-a\d+$/),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  repositoryId: z.number().int().positive(),
  issue: z.number().int().positive(),
  url: z.string(),
  attempt: z.number().int().positive(),
  agent: z.string(),
  autonomy: z.string(),
  incident: z.looseObject({
    key: z.string(),
    kind: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    confidence: z.number(),
    environment: z.string().optional(),
    release: z.string().optional(),
    sentryUrl: z.string().optional(),
  }),
  evidence: z.string(),
  suspectFiles: z.array(z.string()),
  similarIncidents: z.array(z.number()),
  impact: z.string().optional(),
  performance: performanceFacts.optional(),
  previousAttempts: z.array(previousAttempt),
});
export type WorkOrder = z.output<typeof workOrder>;

const SHORTENED = "\n(evidence shortened)";

/** What goes next where shortening the evidence is not enough; the later, the more a worker would miss it. */
const REDUCTIONS: readonly ((order: WorkOrder) => WorkOrder)[] = [
  ({ impact: _impact, performance: _performance, ...rest }) => rest,
  (order) => ({
    ...order,
    similarIncidents: [],
    previousAttempts: order.previousAttempts.slice(-5).map(({ attempt, outcome }) => ({ attempt, outcome })),
  }),
  (order) => ({ ...order, suspectFiles: [], previousAttempts: [] }),
  (order) => ({ ...order, incident: { ...order.incident, title: cutToBytes(order.incident.title, 400) } }),
];

/**
 * Shortens a work order to the limit, in bytes of its JSON: evidence first, because everything else is small and
 * decides more. What is left at last are names and numbers of a few hundred bytes.
 */
export function fitWorkOrder(order: WorkOrder, limit = WORK_ORDER_LIMIT): WorkOrder {
  if (sizeOf(order) <= limit) return order;
  let rest = order;
  for (const reduce of [(same: WorkOrder) => same, ...REDUCTIONS]) {
    rest = reduce(rest);
    const room = limit - sizeOf({ ...rest, evidence: SHORTENED });
    if (room >= 0) return { ...rest, evidence: `${cutToBytes(rest.evidence, room)}${SHORTENED}` };
  }
  return { ...rest, evidence: SHORTENED };
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The longest beginning of a text whose JSON fits, never through a surrogate pair. */
function cutToBytes(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const point of text) {
    size += sizeOf(point) - 2;
    if (size > bytes) break;
    end += point.length;
  }
  return text.slice(0, end);
}
