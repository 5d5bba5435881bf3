import type { JobRecord, RunnerEvent, StepRecord } from "@patchpilot/workflow-runner";
import { actionOf, type Decision, decisionsOf, describeStep } from "./describe-step.ts";
import type { Timeline } from "./timeline.ts";

/** Notes what workflow runs do; answers with the decision of a `verify-recovery` step that has just ended. */
export function noteRun(event: RunnerEvent, timeline: Timeline): Decision | undefined {
  if (event.kind === "run" && event.run.conclusion === "skipped" && event.run.status === "completed")
    timeline.note(event.run.workflow.name, `starts no job for "${event.run.event}" by ${event.run.actor}`);
  if (event.kind === "job" && event.job.status === "completed")
    noteFaults(event.run.workflow.name, event.job, timeline);
  if (event.kind !== "step" || event.step.status !== "completed") return undefined;
  return noteStep(event.run.workflow.name, event.step, timeline);
}

function noteStep(workflow: string, step: StepRecord, timeline: Timeline): Decision | undefined {
  const action = actionOf(step);
  const actor = action ?? workflow;
  if (step.conclusion === "failure") timeline.note(actor, `fails in "${step.name}": ${faultOf(step)}`);
  if (action === undefined) return undefined;
  for (const sentence of describeStep(action, step.outputs)) timeline.note(action, sentence);
  return action === "verify-recovery" ? decisionsOf(step.outputs).at(-1) : undefined;
}

/** Faults of the job itself: those of its steps are noted with them. */
function noteFaults(workflow: string, job: JobRecord, timeline: Timeline): void {
  if (job.conclusion === "failure" && job.annotations.some(({ level }) => level === "error"))
    timeline.note(workflow, `the job ${job.name} fails: ${faultOf(job)}`);
}

function faultOf({ annotations }: Pick<StepRecord, "annotations">): string {
  return annotations.find(({ level }) => level === "error")?.message ?? "its log says why";
}
