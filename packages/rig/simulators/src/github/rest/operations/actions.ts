import {
  renderArtifact,
  renderCheckRun,
  renderJob,
  renderRun,
  renderWorkflow,
  runPage,
} from "../../render/actions.ts";
import { apiUrl } from "../../render/urls.ts";
import { requireArtifact } from "../../state/actions/artifacts.ts";
import { dispatchWorkflow } from "../../state/actions/dispatches.ts";
import { cancelRun, requireRun, startFailedJobs } from "../../state/actions/runs.ts";
import { disableWorkflow, enableWorkflow } from "../../state/actions/workflow-states.ts";
import { findWorkflow, findWorkflows } from "../../state/actions/workflows.ts";
import { resolveCommit } from "../../state/code/refs.ts";
import type { ActionsRunRecord } from "../../state/records.ts";
import { notFound, unprocessable } from "../../state/refusal.ts";
import { storedAt } from "../artifact-storage.ts";
import { instantRange } from "../instant-range.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { countedPageReply } from "../pages.ts";
import { NO_CONTENT, okReply, type RestReply } from "../reply.ts";

const RUN_FILTERS = [
  "actor",
  "branch",
  "event",
  "status",
  "created",
  "head_sha",
  "per_page",
  "page",
  "exclude_pull_requests",
];

export const actionOperations: RestOperations = {
  "actions/list-workflow-runs-for-repo": inRepository({ actions: "read" }, { query: RUN_FILTERS }, (call) =>
    listRuns(call, call.repository.runs.list(call.view.version("runs"))),
  ),
  "actions/list-workflow-runs": inRepository({ actions: "read" }, { query: RUN_FILTERS }, (call) => {
    const { path } = requireWorkflow(call);
    const runs = call.repository.runs.list(call.view.version("runs"));
    return listRuns(
      call,
      runs.filter((run) => run.workflowPath === path),
    );
  }),
  "actions/get-workflow-run": inRepository(
    { actions: "read" },
    { query: ["exclude_pull_requests"] },
    (call) =>
      okReply(
        renderRun(
          call.world,
          call.repository,
          requireRun(call.repository, runId(call), call.view.version("runs")),
        ),
      ),
  ),
  "actions/list-jobs-for-workflow-run": inRepository(
    { actions: "read" },
    { query: ["filter", "per_page", "page"] },
    (call) => {
      const version = call.view.version("runs");
      const run = requireRun(call.repository, runId(call), version);
      const jobs = call.repository.jobs
        .listGroup(run.id, version)
        .filter((job) => call.query["filter"] === "all" || job.runAttempt === run.runAttempt);
      return countedPageReply(call, "jobs", jobs, (job) => renderJob(call.world, call.repository, run, job));
    },
  ),
  "actions/list-workflow-run-artifacts": inRepository(
    { actions: "read" },
    { query: ["name", "per_page", "page"] },
    listArtifacts,
  ),
  "actions/download-artifact": inRepository({ actions: "read" }, {}, (call) => {
    const artifact = requireArtifact(call.repository, readNumber(call.path, "artifact_id"));
    if (call.path["archive_format"] !== "zip") throw notFound();
    return { status: 302, headers: { location: storedAt(call.url, call.repository, artifact) } };
  }),
  "actions/download-job-logs-for-workflow-run": inRepository({ actions: "read" }, {}, (call) => {
    const job = call.repository.jobs.get(readNumber(call.path, "job_id"), call.view.version("runs"));
    if (job?.log === undefined) throw notFound();
    return { status: 302, headers: { location: storedAt(call.url, call.repository, job) } };
  }),
  "actions/re-run-workflow-failed-jobs": inRepository({ actions: "write" }, {}, (call) => {
    startFailedJobs(call.world, call.repository, runId(call));
    return { status: 201, body: {} };
  }),
  "actions/cancel-workflow-run": inRepository({ actions: "write" }, {}, (call) => {
    cancelRun(call.world, call.repository, runId(call));
    return { status: 202, body: {} };
  }),
  "actions/list-repo-workflows": inRepository({ actions: "read" }, { query: ["per_page", "page"] }, (call) =>
    countedPageReply(call, "workflows", findWorkflows(call.repository, readAt(call)), (workflow) =>
      renderWorkflow(call.world, call.repository, workflow),
    ),
  ),
  "actions/get-workflow": inRepository({ actions: "read" }, {}, (call) =>
    okReply(renderWorkflow(call.world, call.repository, requireWorkflow(call))),
  ),
  "actions/enable-workflow": inRepository({ actions: "write" }, {}, (call) => {
    enableWorkflow(call.scope, requireWorkflow(call));
    return NO_CONTENT;
  }),
  "actions/disable-workflow": inRepository({ actions: "write" }, {}, (call) => {
    disableWorkflow(call.scope, requireWorkflow(call));
    return NO_CONTENT;
  }),
  "actions/create-workflow-dispatch": inRepository(
    { actions: "write" },
    { body: ["ref", "inputs", "return_run_details"] },
    startWorkflow,
  ),
  "checks/list-for-ref": inRepository(
    { checks: "read" },
    { query: ["check_name", "status", "filter", "per_page", "page"] },
    listChecks,
  ),
};

function listArtifacts(call: RepositoryCall): RestReply {
  const version = call.view.version("runs");
  const run = requireRun(call.repository, runId(call), version);
  const { name } = call.query;
  const artifacts = call.repository.artifacts
    .listGroup(run.id, version)
    .filter((artifact) => name === undefined || artifact.name === name)
    .reverse();
  return countedPageReply(call, "artifacts", artifacts, (artifact) =>
    renderArtifact(call.world, call.repository, run, artifact),
  );
}

function runId(call: RepositoryCall): number {
  return readNumber(call.path, "run_id");
}

function requireWorkflow(call: RepositoryCall) {
  const workflow = findWorkflow(call.repository, call.path["workflow_id"] ?? "", readAt(call));
  if (workflow === undefined) throw notFound();
  return workflow;
}

const readAt = ({ view }: RepositoryCall) => ({
  refs: view.version("refs"),
  states: view.version("workflows"),
});

function listRuns(call: RepositoryCall, runs: readonly ActionsRunRecord[]): RestReply {
  const { query } = call;
  const fits = (name: string, value: unknown): boolean => query[name] === undefined || query[name] === value;
  const created = instantRange(query["created"] as string | undefined);
  const found = runs
    .filter(
      (run) => fits("event", run.event) && fits("branch", run.headBranch) && fits("head_sha", run.headOid),
    )
    .filter((run) => fits("actor", run.actor.login))
    .filter((run) => fits("status", run.status) || fits("status", run.conclusion))
    .filter((run) => created(run.createdAt))
    .sort((left, right) => right.id - left.id);
  return countedPageReply(call, "workflow_runs", found, (run) => renderRun(call.world, call.repository, run));
}

function startWorkflow(call: RepositoryCall): RestReply {
  const body = call.body as { ref: string; inputs?: Record<string, unknown>; return_run_details?: boolean };
  const run = dispatchWorkflow(call.scope, {
    workflow: call.path["workflow_id"] ?? "",
    ref: body.ref,
    inputs: body.inputs ?? {},
  });
  if (body.return_run_details !== true) return NO_CONTENT;
  return okReply({
    workflow_run_id: run.id,
    run_url: `${apiUrl(call.world, call.repository)}/actions/runs/${run.id}`,
    html_url: runPage(call.world, call.repository, run),
  });
}

function listChecks(call: RepositoryCall): RestReply {
  const oid = resolveCommit(call.repository, call.path["ref"] ?? "", call.view.version("refs"));
  if (oid === undefined) throw unprocessable(`No commit found for SHA: ${call.path["ref"]}`);
  const { check_name: name, status, filter = "latest" } = call.query;
  const checks = call.repository.checkRuns
    .list()
    .filter((check) => check.headOid === oid)
    .filter(
      (check) =>
        (name === undefined || check.name === name) && (status === undefined || check.status === status),
    )
    .reverse();
  const latest = checks.filter(
    (check, index) => checks.findIndex((other) => other.name === check.name) === index,
  );
  return countedPageReply(call, "check_runs", filter === "latest" ? latest : checks, (check) =>
    renderCheckRun(call.world, call.repository, check),
  );
}
