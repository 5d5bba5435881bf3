import { createHash } from "node:crypto";
import { encodeNodeId } from "../state/node-id.ts";
import type {
  ActionsJobRecord,
  ActionsRunRecord,
  ArtifactRecord,
  CheckRunRecord,
  WorkflowRecord,
} from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { signatureInstant } from "./git.ts";
import { renderMinimalRepository } from "./repository.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

export function renderRun(world: GitHubState, repository: Repository, run: ActionsRunRecord): object {
  const url = `${apiUrl(world, repository)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.workflowName,
    node_id: encodeNodeId("WFR", repository.id, run.id),
    head_branch: run.headBranch,
    head_sha: run.headOid,
    path: run.workflowPath,
    display_title: run.displayTitle,
    run_number: run.runNumber,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.id,
    check_suite_node_id: encodeNodeId("CR", repository.id, `suite-${run.id}`),
    url,
    html_url: runPage(world, repository, run),
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: renderUser(world, run.actor),
    run_attempt: run.runAttempt,
    referenced_workflows: [],
    run_started_at: run.runStartedAt,
    triggering_actor: renderUser(world, run.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiUrl(world, repository)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.runAttempt > 1 ? `${url}/attempts/${run.runAttempt - 1}` : null,
    workflow_url: `${apiUrl(world, repository)}/actions/workflows/${run.workflowId}`,
    head_commit: renderHeadCommit(repository, run.headOid),
    repository: renderMinimalRepository(world, repository),
    head_repository: renderMinimalRepository(world, repository),
  };
}

export function runPage(world: GitHubState, repository: Repository, run: ActionsRunRecord): string {
  return `${pageUrl(world, repository)}/actions/runs/${run.id}`;
}

export function renderJob(
  world: GitHubState,
  repository: Repository,
  run: ActionsRunRecord,
  job: ActionsJobRecord,
): object {
  const api = apiUrl(world, repository);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflowName,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.runAttempt,
    node_id: encodeNodeId("CR", repository.id, `job-${job.id}`),
    head_sha: run.headOid,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${runPage(world, repository, run)}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ["ubuntu-latest"],
    runner_id: null,
    runner_name: null,
    runner_group_id: null,
    runner_group_name: null,
  };
}

const RETENTION_MS = 90 * 86_400_000;

export function renderArtifact(
  world: GitHubState,
  repository: Repository,
  run: ActionsRunRecord,
  artifact: ArtifactRecord,
): object {
  const url = `${apiUrl(world, repository)}/actions/artifacts/${artifact.id}`;
  const { archive, createdAt } = artifact;
  return {
    id: artifact.id,
    node_id: encodeNodeId("MA", repository.id, artifact.id),
    name: artifact.name,
    size_in_bytes: archive.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: `sha256:${createHash("sha256").update(archive).digest("hex")}`,
    created_at: createdAt,
    updated_at: createdAt,
    expires_at: new Date(Date.parse(createdAt) + RETENTION_MS).toISOString().replace(".000Z", "Z"),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.headBranch,
      head_sha: run.headOid,
    },
  };
}

export function renderWorkflow(world: GitHubState, repository: Repository, workflow: WorkflowRecord): object {
  const page = pageUrl(world, repository);
  return {
    id: workflow.id,
    node_id: encodeNodeId("W", repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: repository.createdAt,
    updated_at: workflow.updatedAt,
    url: `${apiUrl(world, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

export function renderCheckRun(world: GitHubState, repository: Repository, check: CheckRunRecord): object {
  const api = apiUrl(world, repository);
  const url = `${api}/check-runs/${check.id}`;
  const page = `${pageUrl(world, repository)}/runs/${check.id}`;
  return {
    id: check.id,
    name: check.name,
    node_id: encodeNodeId("CR", repository.id, check.id),
    head_sha: check.headOid,
    external_id: "",
    url,
    html_url: page,
    details_url: page,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: check.id },
    app: null,
    pull_requests: [],
  };
}

function renderHeadCommit(repository: Repository, oid: string): object | null {
  const commit = repository.git.commit(oid);
  if (commit === undefined) return null;
  return {
    id: oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: signatureInstant(commit.committer),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
