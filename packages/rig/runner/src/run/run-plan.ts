import type { Workflow, WorkflowPermissions } from "@patchpilot/workflow";
import type { ExpressionData } from "@patchpilot/workflow/github-parser";
import type { ExpressionScope } from "../expression/evaluate.ts";
import { toDictionary } from "../expression/expression-data.ts";
import type { Host } from "../host.ts";
import type { NeededJob, RunContexts } from "../job/job-session.ts";
import type { ConcurrencyGroups } from "./concurrency.ts";
import type { RunRecord } from "./records.ts";

/**
 * A workflow to run, with what its attempts need: the one that an event started, or one that a job of it calls. A re-run
 * uses the same event, commit and workflow files.
 */
export type RunPlan = {
  readonly host: Host;
  readonly groups: ConcurrencyGroups;
  readonly workflow: Workflow;
  readonly record: RunRecord;
  readonly event: ExpressionData;
  readonly inputs: ExpressionData;
  readonly vars: ExpressionData;
  readonly fromFork: boolean;
  /** What the `secrets` context holds: the repository's, or those that the caller passed. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The job that calls this workflow; absent for the one that an event started. */
  readonly caller?: Caller;
  /** The called workflows by the id of the job that calls them, as far as they have begun. */
  readonly called: Map<string, RunPlan>;
  /** Results of jobs that are settled: of this attempt, and of earlier ones that a re-run keeps. */
  readonly outcomes: Map<string, NeededJob>;
  /** Cancels the current attempt. */
  cancellation: AbortController;
  /** How many workflow_run events led here. GitHub goes three deep. */
  readonly depth: number;
};

export type Caller = {
  /** Key and name of the calling job, which those of the called jobs begin with. */
  readonly key: string;
  readonly name: string;
  /** What the calling job may do: the limit of the called ones. */
  readonly permissions: WorkflowPermissions;
};

/** What expressions see above the level of a job. */
export function runScope(
  plan: Pick<RunPlan, "event" | "inputs" | "vars">,
  github: RunContexts["github"],
): ExpressionScope {
  const context = toDictionary(github);
  context.add("event", plan.event);
  return { contexts: { github: context, inputs: plan.inputs, vars: plan.vars } };
}
