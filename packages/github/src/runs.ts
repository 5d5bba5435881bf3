import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { LIGHT_WRITE } from "./mutations.ts";

/** A workflow run as the run list shows it. */
export type WorkflowRun = {
  readonly id: string;
  readonly attempt: number;
  /** `run-name` of the workflow, which carries the key of the attempt. */
  readonly title: string;
  /** The run will do nothing more unless somebody re-runs it. */
  readonly ended: boolean;
  readonly conclusion: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
};

const PAGES = 10;
const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.number(),
      workflow_id: z.number(),
      run_attempt: z.number().optional(),
      name: z.string().nullish(),
      path: z.string(),
      display_title: z.string(),
      status: z.string().nullable(),
      conclusion: z.string().nullable(),
      created_at: z.string(),
      updated_at: z.string(),
      html_url: z.string(),
    }),
  ),
});

/** What has a conclusion has ended, whatever GitHub calls its state by then: new names come without notice. */
const hasEnded = ({ status, conclusion }: { status: string | null; conclusion: string | null }): boolean =>
  status === "completed" || conclusion !== null;

/** Runs of one event since a time, newest first, at most 1,000. */
export async function listRuns(
  github: GitHub,
  repository: RepositoryName,
  search: { readonly event: string; readonly since: string },
): Promise<WorkflowRun[]> {
  const runs: WorkflowRun[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const reply = await github.request("GET /repos/{owner}/{repo}/actions/runs", {
      ...repository,
      event: search.event,
      created: `>=${search.since}`,
      per_page: 100,
      page,
    });
    const { workflow_runs: listed } = readReply(runsSchema, reply.data, "GET workflow runs");
    runs.push(
      ...listed.map((run) => ({
        id: String(run.id),
        attempt: run.run_attempt ?? 1,
        title: run.display_title,
        ended: hasEnded(run),
        conclusion: run.conclusion,
        createdAt: run.created_at,
        updatedAt: run.updated_at,
        url: run.html_url,
      })),
    );
    if (listed.length < 100) break;
  }
  return runs;
}

/**
 * When the newest run of a workflow was made that an event started, in ISO 8601; undefined: there is none. Anyone who may
 * read the repository may ask, a fine-grained token with `Actions: read`.
 * Source: docs.github.com/rest/actions/workflow-runs, "List workflow runs for a workflow".
 * @param search.file name of the workflow's file
 */
export async function readNewestRun(
  github: GitHub,
  repository: RepositoryName,
  search: { readonly file: string; readonly event: string },
): Promise<string | undefined> {
  const place = { ...repository, workflow_id: search.file, event: search.event, per_page: 1 };
  const route = "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs";
  const { data } = await github.request(route, place);
  return readReply(runsSchema, data, "GET a workflow's runs").workflow_runs[0]?.created_at;
}

/** How a workflow fared on a commit. */
export type CommitRun = { readonly name: string; readonly conclusion: string };

const MOST_RUNS_OF_COMMIT = 30;

async function askRunsOfCommit(github: GitHub, repository: RepositoryName, oid: string, most: number) {
  const search = { ...repository, head_sha: oid, per_page: most };
  const { data } = await github.request("GET /repos/{owner}/{repo}/actions/runs", search);
  return readReply(runsSchema, data, "GET workflow runs").workflow_runs;
}

/** The newest run of each workflow on a commit; a run that has not ended has the conclusion `pending`. */
export async function listRunsOfCommit(
  github: GitHub,
  repository: RepositoryName,
  oid: string,
): Promise<CommitRun[]> {
  const newest = new Map<number, CommitRun>();
  for (const run of await askRunsOfCommit(github, repository, oid, MOST_RUNS_OF_COMMIT))
    if (!newest.has(run.workflow_id))
      newest.set(run.workflow_id, { name: run.name ?? run.path, conclusion: run.conclusion ?? "pending" });
  return [...newest.values()];
}

/** How often a run was started, and whether it has ended. */
export type RunProgress = { readonly attempt: number; readonly ended: boolean };

/** The newest 100 runs on a commit, by id. */
export async function readRunsOfCommit(
  github: GitHub,
  repository: RepositoryName,
  oid: string,
): Promise<ReadonlyMap<string, RunProgress>> {
  const runs = await askRunsOfCommit(github, repository, oid, 100);
  return new Map(
    runs.map((run) => [String(run.id), { attempt: run.run_attempt ?? 1, ended: hasEnded(run) }]),
  );
}

/** Runs the failed jobs of a run once more. Sent once: how often it was started says whether it arrived. */
export async function rerunFailedJobs(
  github: GitHub,
  repository: RepositoryName,
  run: string,
): Promise<void> {
  const place = { ...repository, run_id: Number(run) };
  await github.pacing.take(LIGHT_WRITE);
  await github.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", place);
}

/**
 * Starts the repair workflow by `repository_dispatch`. Sent once; GitHub answers 204 without a run id.
 * @throws HttpFailure `ambiguous` after any other answer
 */
export async function sendRepositoryDispatch(
  github: GitHub,
  repository: RepositoryName,
  event: { readonly type: string; readonly payload: Record<string, unknown> },
): Promise<void> {
  await github.pacing.take(LIGHT_WRITE);
  const { status } = await github.request("POST /repos/{owner}/{repo}/dispatches", {
    ...repository,
    event_type: event.type,
    client_payload: event.payload,
  });
  // What a proxy answers for GitHub may look like a success and start nothing.
  if (status !== NO_CONTENT) throw notStarted("POST a repository dispatch", status);
}

/** What GitHub answers to a dispatch that it took. */
const NO_CONTENT: number = 204;

const notStarted = (asked: string, status: number): HttpFailure =>
  new HttpFailure({
    kind: "ambiguous",
    provider: "GitHub",
    asked,
    happened: `answered ${status}, which does not say that a run starts`,
    status,
  });

const dispatchReply = z.looseObject({ workflow_run_id: z.number().optional() });

/**
 * Starts the repair workflow by `workflow_dispatch`. Sent once.
 * @param dispatch.runDetails ask for the run's id; github.com answers it, GitHub Enterprise Server refuses the question.
 * @returns the run's id where GitHub says it.
 * @throws HttpFailure `ambiguous` after an answer that is neither 204 nor names a run
 */
export async function sendWorkflowDispatch(
  github: GitHub,
  repository: RepositoryName,
  dispatch: {
    readonly workflow: string;
    readonly ref: string;
    readonly inputs: Record<string, string>;
    readonly runDetails: boolean;
  },
): Promise<string | undefined> {
  await github.pacing.take(LIGHT_WRITE);
  const reply = await github.request(
    "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
    {
      ...repository,
      workflow_id: dispatch.workflow,
      ref: dispatch.ref,
      inputs: dispatch.inputs,
      ...(dispatch.runDetails ? { return_run_details: true } : {}),
    },
  );
  if (reply.status === NO_CONTENT) return undefined;
  const id = dispatchReply.safeParse(reply.data).data?.workflow_run_id;
  if (id === undefined) throw notStarted("POST a workflow dispatch", reply.status);
  return String(id);
}
