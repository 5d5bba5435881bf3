import * as z from "zod";
import { reportedException } from "./reported-exception.ts";
import { workOrder } from "./work-order.ts";

const { key, attempt, agent, autonomy, issue, repository, suspectFiles, plan, previousAttempts } =
  workOrder.shape;

/**
 * `task.json`: what the worker's own program is told of an attempt, written by claim. Names and numbers steer it; the
 * texts of plan, review and earlier attempts are data.
 */
export const repairTask = z.looseObject({
  v: z.literal(1),
  key,
  attempt,
  agent,
  autonomy,
  /** Absent: what the workflow or the action's default says. */
  recipe: z.string().optional(),
  issue,
  /** Of the incident. Absent: written by an earlier version. */
  kind: z.string().optional(),
  repository,
  budget: workOrder.shape.budget,
  suspectFiles,
  plan,
  review: workOrder.shape.review,
  previousAttempts,
  /** What production reported, the outermost exception first. Absent: nothing, as of a slow operation. */
  exceptions: z.array(reportedException).optional(),
});
export type RepairTask = z.output<typeof repairTask>;
