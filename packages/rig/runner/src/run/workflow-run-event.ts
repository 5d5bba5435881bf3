import type { WorkflowEvent } from "../event/workflow-event.ts";
import type { Host } from "../host.ts";
import { refName } from "./github-context.ts";
import type { RunRecord } from "./records.ts";

export type WorkflowRunActivity = "requested" | "in_progress" | "completed";

/** The activity that a run's new status is; waiting in a concurrency group is none. */
export function toActivity(run: RunRecord): WorkflowRunActivity | undefined {
  if (run.status === "queued") return "requested";
  return run.status === "pending" ? undefined : run.status;
}

/** The `workflow_run` event that a run causes, with the fields of its payload that workflows read. */
export function workflowRunEvent(
  run: RunRecord,
  activity: WorkflowRunActivity,
  host: Pick<Host, "repository" | "urls">,
): WorkflowEvent {
  const path = `.github/workflows/${run.workflow.file}`;
  return {
    event: "workflow_run",
    action: activity,
    actor: run.actor,
    payload: {
      action: activity,
      workflow: { name: run.workflow.name, path },
      workflow_run: {
        id: run.id,
        name: run.workflow.name,
        display_title: run.title,
        path,
        event: run.event,
        status: run.status,
        conclusion: run.conclusion ?? null,
        head_branch: refName(run.ref),
        head_sha: run.headSha,
        run_number: run.number,
        run_attempt: run.attempt,
        html_url: `${host.urls.server}/${host.repository.fullName}/actions/runs/${run.id}`,
      },
    },
  };
}
