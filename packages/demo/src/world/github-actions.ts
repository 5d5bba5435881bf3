import { fileURLToPath } from "node:url";
import type { GitHubEvent, GitHubWorld } from "@patchpilot/simulators";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators";
import {
  type BuiltInAction,
  checkoutFrom,
  createRunner,
  downloadArtifact,
  type RunnerEvent,
  type TokenRequest,
  uploadArtifact,
  type WorkflowRunner,
} from "@patchpilot/workflow-runner";
import { NAMES, SECRETS } from "./names.ts";
import type { Services } from "./services.ts";

const ACTIONS = ["intake", "impact", "dispatch", "claim", "propose", "verify-recovery"] as const;
const FOLDER = ".github/workflows/";

export type GitHubActionsRequest = {
  readonly services: Services;
  /** Workflow files by their path in the repository: those on its default branch. */
  readonly workflows: Readonly<Record<string, string>>;
  /** Stands in for the coding agents' actions. */
  readonly agent: BuiltInAction;
  readonly healthUrl: string;
  readonly now: () => number;
  readonly onEvent: (event: RunnerEvent) => void;
};

/**
 * GitHub Actions of the simulated repository: the embedded runner with the bundled actions. Events of the repository
 * start its workflows, and its runs appear in GitHub's list of runs.
 */
export async function openGitHubActions(request: GitHubActionsRequest): Promise<WorkflowRunner> {
  const { services, workflows, agent, healthUrl, now, onEvent } = request;
  const { github, urls, gitDirectory } = services;
  const runner = await createRunner({
    workflows: Object.fromEntries(
      Object.entries(workflows).map(([path, text]) => [path.slice(FOLDER.length), text]),
    ),
    repository: { fullName: NAMES.repository, id: NAMES.repositoryId, defaultBranch: "main" },
    urls: { api: urls.github, graphql: `${urls.github}/graphql`, server: github.serverUrl },
    actions: {
      ...bundledActions(),
      "actions/checkout": checkoutFrom(gitDirectory),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
      "anthropics/claude-code-action": agent,
    },
    headSha: (ref) => github.repository(NAMES.repository).git.refs.get(ref) ?? "",
    mintToken: (token) => mintToken(github, token),
    revokeToken: (token) => github.revokeToken(token),
    secrets: SECRETS,
    vars: variablesOf(services, healthUrl),
    now,
    onEvent: (event) => {
      listRun(github, event);
      onEvent(event);
    },
  });
  github.onEvent((event) => void startWorkflows(runner, event));
  return runner;
}

/** The built actions, by the names under which workflows use them. */
function bundledActions(): Record<string, string> {
  const root = new URL("../../../../actions/", import.meta.url);
  return Object.fromEntries(
    ACTIONS.map((name) => [`patchpilot/${name}@v1`, fileURLToPath(new URL(name, root))]),
  );
}

function variablesOf({ urls }: Services, healthUrl: string): Record<string, string> {
  return {
    SENTRY_ORG: NAMES.owner,
    SENTRY_URL: urls.sentry,
    VERCEL_PROJECT: NAMES.vercelProject,
    VERCEL_URL: urls.vercel,
    POSTHOG_HOST: urls.posthog,
    POSTHOG_PROJECT_ID: NAMES.posthogProject,
    POSTHOG_EVENTS: NAMES.productEvent,
    HEALTH_URL: healthUrl,
    HEALTH_ALLOW_PRIVATE: "true",
  };
}

/** A job's token may do what its `permissions:` say; the API refuses everything else. */
function mintToken(github: GitHubWorld, { permissions }: TokenRequest): string {
  const named = Object.entries(permissions).map(([scope, level]) => [scope.replaceAll("-", "_"), level]);
  return github.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: Object.fromEntries(named),
    repositories: [NAMES.repository],
  });
}

async function startWorkflows(runner: WorkflowRunner, event: GitHubEvent): Promise<void> {
  if (!event.startsWorkflows) return;
  await runner.start({
    event: event.event,
    ...(event.action === null ? {} : { action: event.action }),
    payload: event.payload,
    actor: event.actor.login,
    ref: event.ref,
    sha: event.sha,
  });
}

/** Shows a run and its jobs in GitHub's lists, where dispatch looks for them. */
function listRun(github: GitHubWorld, event: RunnerEvent): void {
  const port = github.runner();
  const { run } = event;
  if (event.kind === "run" && run.status === "queued") {
    const workflowPath = FOLDER + run.workflow.file;
    const actor = github.identity(run.actor) ?? GITHUB_ACTIONS_BOT;
    port.startRun({ id: run.id, workflowPath, displayTitle: run.title, event: run.event, actor });
  } else if (event.kind === "run") {
    port.updateRun(run.id, { status: run.status, conclusion: run.conclusion ?? null });
  } else if (event.kind === "job") {
    const { name, status, conclusion } = event.job;
    port.setJob({ runId: run.id, name, status, conclusion: conclusion ?? null });
  }
}
