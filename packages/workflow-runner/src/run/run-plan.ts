import type { Workflow } from "../definition/workflow.ts";
import type { Scope } from "../expression/evaluate.ts";
import { toDictionary } from "../expression/expression-data.ts";
import type { ExpressionData } from "../github-parser.ts";
import type { Host } from "../host.ts";
import type { NeededJob, RunContexts } from "../job/job-session.ts";
import type { ConcurrencyGroups } from "./concurrency.ts";
import type { RunRecord } from "./records.ts";

/** A run with what its attempts need. A re-run uses the same event, commit and workflow file. */
export type RunPlan = {
  readonly host: Host;
  readonly groups: ConcurrencyGroups;
  readonly workflow: Workflow;
  readonly record: RunRecord;
  readonly event: ExpressionData;
  readonly inputs: ExpressionData;
  readonly vars: ExpressionData;
  readonly fromFork: boolean;
  /** Results of jobs that are settled: of this attempt, and of earlier ones that a re-run keeps. */
  readonly outcomes: Map<string, NeededJob>;
  /** Cancels the current attempt. */
  cancellation: AbortController;
  /** How many workflow_run events led here. GitHub goes three deep. */
  readonly depth: number;
};

/** What expressions see above the level of a job. */
export function runScope(
  plan: Pick<RunPlan, "event" | "inputs" | "vars">,
  github: RunContexts["github"],
): Scope {
  const context = toDictionary(github);
  context.add("event", plan.event);
  return { contexts: { github: context, inputs: plan.inputs, vars: plan.vars } };
}
