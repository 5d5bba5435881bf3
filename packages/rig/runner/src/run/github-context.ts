import type { Workflow } from "@patchpilot/workflow";
import type { WorkflowEvent } from "../event/workflow-event.ts";
import type { Json } from "../expression/expression-data.ts";
import type { RunnerRepository, Urls } from "../host.ts";
import type { RunRecord } from "./records.ts";

type Payload = Readonly<Record<string, unknown>>;

/** The payload with what GitHub puts into every one: the activity, the repository and the sender. */
export function completePayload(event: WorkflowEvent, repository: RunnerRepository, urls: Urls): Payload {
  const [owner = "", name = ""] = repository.fullName.split("/");
  return {
    ...(event.action !== undefined && { action: event.action }),
    ...(event.event === "schedule" && event.schedule !== undefined && { schedule: event.schedule }),
    repository: {
      id: repository.id,
      name,
      full_name: repository.fullName,
      owner: { login: owner },
      default_branch: repository.defaultBranch,
      html_url: `${urls.server}/${repository.fullName}`,
      url: `${urls.api}/repos/${repository.fullName}`,
    },
    sender: { login: event.actor },
    ...event.payload,
  };
}

type PullPayload = {
  readonly number?: number;
  readonly merge_commit_sha?: string;
  readonly base?: { readonly ref?: string; readonly repo?: { readonly full_name?: string } };
  readonly head?: {
    readonly ref?: string;
    readonly sha?: string;
    readonly repo?: { readonly full_name?: string };
  };
};

/** The ref that an event's runs are on, and their commit where the payload names it. */
export function refOfEvent(
  event: WorkflowEvent,
  repository: RunnerRepository,
): { ref: string; sha: string | undefined } {
  const pull = event.payload?.["pull_request"] as PullPayload | undefined;
  const deployment = event.payload?.["deployment"] as { ref?: string; sha?: string } | undefined;
  if (event.ref !== undefined) return { ref: event.ref, sha: event.sha };
  if (event.event === "pull_request" && pull !== undefined) {
    return {
      ref: `refs/pull/${pull.number}/merge`,
      sha: event.sha ?? pull.merge_commit_sha ?? pull.head?.sha,
    };
  }
  if (event.event === "deployment_status" && deployment !== undefined) {
    const branch = deployment.ref !== undefined && deployment.ref !== deployment.sha;
    return { ref: branch ? `refs/heads/${deployment.ref}` : "", sha: event.sha ?? deployment.sha };
  }
  return { ref: `refs/heads/${repository.defaultBranch}`, sha: event.sha };
}

/** Whether a fork's pull request caused the run: it gets no secrets and a token that cannot write. */
export function isFromFork(payload: Payload): boolean {
  const pull = payload["pull_request"] as PullPayload | undefined;
  const head = pull?.head?.repo?.full_name;
  return head !== undefined && head !== pull?.base?.repo?.full_name;
}

/** The part of the github context that all jobs of a run attempt share, but for `event`. */
export function githubContext(
  run: RunRecord,
  workflow: Workflow,
  repository: RunnerRepository,
  urls: Urls,
): Readonly<Record<string, Json>> {
  const pull =
    run.event === "pull_request" ? (run.payload["pull_request"] as PullPayload | undefined) : undefined;
  return {
    actor: run.actor,
    api_url: urls.api,
    base_ref: pull?.base?.ref ?? "",
    event_name: run.event,
    graphql_url: urls.graphql,
    head_ref: pull?.head?.ref ?? "",
    ref: run.ref,
    ref_name: refName(run.ref),
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository: repository.fullName,
    repository_id: String(repository.id),
    repository_owner: repository.fullName.split("/")[0] ?? "",
    retention_days: "90",
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    server_url: urls.server,
    sha: run.headSha,
    triggering_actor: run.triggeringActor,
    workflow: workflow.name,
    workflow_ref: `${repository.fullName}/.github/workflows/${workflow.file}@${run.ref}`,
    workflow_sha: run.headSha,
  };
}

/** `main` for `refs/heads/main`, `7/merge` for `refs/pull/7/merge`. */
export function refName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//, "");
}

/** What GitHub lists where a workflow has no `run-name`. */
export function defaultTitle(event: string, payload: Payload, workflow: Workflow): string {
  const titled = (payload["issue"] ?? payload["pull_request"]) as { title?: string } | undefined;
  if (event === "repository_dispatch") return String(payload["action"] ?? workflow.name);
  return titled?.title ?? workflow.name;
}
