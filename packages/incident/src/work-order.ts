import * as z from "zod";
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
  repositoryId: z.number(),
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
  performance: z.unknown().optional(),
  previousAttempts: z.array(previousAttempt),
});
export type WorkOrder = z.output<typeof workOrder>;

/** Shortens a work order to the limit: evidence first, because everything else is small and decides more. */
export function fitWorkOrder(order: WorkOrder, limit = WORK_ORDER_LIMIT): WorkOrder {
  const excess = Buffer.byteLength(JSON.stringify(order)) - limit;
  if (excess <= 0) return order;
  const evidence = cutByBytes(order.evidence, excess + 200);
  const shorter = { ...order, evidence: `${evidence}\n(evidence shortened)` };
  const still = Buffer.byteLength(JSON.stringify(shorter)) - limit;
  return still > 0 && evidence !== "" ? fitWorkOrder({ ...order, evidence }, limit) : shorter;
}

/** Takes at least `bytes` of JSON off the end, never through a surrogate pair. */
function cutByBytes(text: string, bytes: number): string {
  const points = [...text];
  let gone = 0;
  while (points.length > 0 && gone < bytes) gone += Buffer.byteLength(JSON.stringify(points.pop())) - 2;
  return points.join("");
}
