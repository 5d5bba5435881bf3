import { basename } from "node:path";
import { ownWorkflows } from "@patchpilot/build/own-workflows";
import { actionFolders } from "@patchpilot/build/repository";
import { omitUndefined } from "@patchpilot/optional";
import {
  createRunner,
  type JobTokenRequest,
  type Json,
  type RunnerEvent,
  type RunnerOptions,
  type RunRecord,
  type WorkflowRunner,
} from "@patchpilot/runner";
import {
  GITHUB_ACTIONS_BOT,
  type GitHubEvent,
  type GitHubWorld,
  workflowState,
} from "@patchpilot/simulators/github";
import { createAppToken } from "./create-app-token.ts";

const FOLDER = ".github/workflows/";

export type SimulatedActionsRequest = Pick<
  RunnerOptions,
  "secrets" | "vars" | "onEvent" | "grace" | "path"
> & {
  readonly github: GitHubWorld;
  /** Address at which the simulated GitHub answers. */
  readonly api: string;
  /** owner/name of the repository whose workflows run. */
  readonly repository: string;
  /** Workflow files by their path in the repository: those on its default branch. */
  readonly workflows: Readonly<Record<string, string>>;
  /** What stands for the actions of others. */
  readonly actions?: RunnerOptions["actions"];
  /** Finds what workflows use of PatchPilot, from their texts. Default: this checkout's, at `@v1`. */
  readonly findOwn?: ((workflows: readonly string[]) => Promise<OwnUses>) | undefined;
  /** Whether GitHub hands an event on to the workflows: it may lose some. Default: it loses none. */
  readonly isHeard?: ((event: GitHubEvent) => boolean) | undefined;
};

/** What PatchPilot's own actions and workflows are, by what `uses:` says. */
export type OwnUses = Required<Pick<RunnerOptions, "actions" | "calledWorkflows">>;

/**
 * GitHub Actions of a simulated repository: the embedded runner with the built actions and the repair workflow. Events of
 * the repository start its workflows, its runs and their artifacts appear in GitHub's lists, and a job's token may do
 * what its `permissions:` say. A workflow that GitHub does not call active hears nothing.
 */
export async function openSimulatedActions(request: SimulatedActionsRequest): Promise<WorkflowRunner> {
  const { github, api, workflows, isHeard = () => true } = request;
  const repository = github.repository(request.repository);
  const own = await (request.findOwn ?? findInCheckout)(Object.values(workflows));
  const { fullName, id, defaultBranch } = repository;
  const runner = await createRunner({
    workflows: Object.fromEntries(
      Object.entries(workflows).map(([path, text]) => [path.slice(FOLDER.length), text]),
    ),
    calledWorkflows: own.calledWorkflows,
    repository: { fullName, id, defaultBranch },
    urls: { api, graphql: `${api}/graphql`, server: github.serverUrl },
    actions: {
      ...own.actions,
      "actions/create-github-app-token": createAppToken(github, fullName),
      ...request.actions,
    },
    headSha: (ref) => repository.git.refs.get(ref) ?? "",
    mintToken: (token) => mintToken(github, fullName, token),
    revokeToken: (token) => github.revokeToken(token),
    secrets: request.secrets ?? {},
    vars: request.vars ?? {},
    ...omitUndefined({ grace: request.grace, path: request.path }),
    isOff: (file) => workflowState(repository, FOLDER + file).state !== "active",
    now: () => github.clock.now(),
    onArtifact: ({ runId, name }, content) => github.runner(fullName).addArtifact({ runId, name, content }),
    onEvent: (event) => {
      listRun(github, fullName, event);
      request.onEvent?.(event);
    },
  });
  github.onEvent((event) => {
    if (event.repository === fullName && isHeard(event)) void startWorkflows(runner, event);
  });
  return runner;
}

const findInCheckout = async (): Promise<OwnUses> => ({
  actions: Object.fromEntries(actionFolders().map((folder) => [`patchpilot/${basename(folder)}@v1`, folder])),
  calledWorkflows: ownWorkflows(),
});

function mintToken(github: GitHubWorld, repository: string, { permissions }: JobTokenRequest): string {
  const named = Object.entries(permissions).map(([scope, level]) => [scope.replaceAll("-", "_"), level]);
  return github.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: Object.fromEntries(named),
    repositories: [repository],
  });
}

async function startWorkflows(runner: WorkflowRunner, event: GitHubEvent): Promise<void> {
  if (!event.startsWorkflows) return;
  const { workflowPath, runId, payload } = event;
  await runner.start({
    event: event.event,
    ...(event.action === null ? {} : { action: event.action }),
    ...(workflowPath === null
      ? {}
      : { workflow: basename(workflowPath), inputs: payload["inputs"] as Readonly<Record<string, Json>> }),
    ...(runId === null ? {} : { runId }),
    payload,
    actor: event.actor.login,
    ref: event.ref,
    sha: event.sha,
  });
}

/** A new run; or one that GitHub knows: the next attempt of a re-run, or what a `workflow_dispatch` brought with it. */
function listQueued(github: GitHubWorld, repository: string, run: RunRecord): void {
  const port = github.runner(repository);
  if (github.repository(repository).runs.get(run.id) !== undefined) {
    port.updateRun(run.id, { runAttempt: run.attempt, displayTitle: run.title });
    return;
  }
  const workflowPath = FOLDER + run.workflow.file;
  const actor = github.identity(run.actor) ?? GITHUB_ACTIONS_BOT;
  port.startRun({ id: run.id, workflowPath, displayTitle: run.title, event: run.event, actor });
}

/** Shows a run and its jobs in GitHub's lists, where dispatch looks for them. */
function listRun(github: GitHubWorld, repository: string, event: RunnerEvent): void {
  const port = github.runner(repository);
  const { run } = event;
  if (event.kind === "run" && run.status === "queued") {
    listQueued(github, repository, run);
  } else if (event.kind === "run") {
    port.updateRun(run.id, { status: run.status, conclusion: run.conclusion ?? null });
  } else if (event.kind === "job") {
    const { name, status, conclusion } = event.job;
    port.setJob({ runId: run.id, name, status, conclusion: conclusion ?? null });
  }
}
