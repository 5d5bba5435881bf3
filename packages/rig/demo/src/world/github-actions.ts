import {
  checkoutFrom,
  downloadArtifact,
  type RunnerEvent,
  SYSTEM_PATH,
  uploadArtifact,
  type WorkflowRunner,
} from "@patchpilot/runner";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import type { InstalledAgent } from "../agent/install-agent.ts";
import { DEMO_NAMES, SECRETS } from "./names.ts";
import type { Services } from "./services.ts";

export type GitHubActionsRequest = {
  readonly services: Services;
  /** Workflow files by their path in the repository: those on its default branch. */
  readonly workflows: Readonly<Record<string, string>>;
  /** What the repair workflow runs as its coding agent. */
  readonly agent: InstalledAgent;
  readonly healthUrl: string;
  readonly onEvent: (event: RunnerEvent) => void;
};

/** GitHub Actions of the shop's repository, with what its owner has configured. */
export function openGitHubActions(request: GitHubActionsRequest): Promise<WorkflowRunner> {
  const { services, workflows, onEvent } = request;
  const { github, urls, gitDirectory } = services;
  return openSimulatedActions({
    github,
    api: urls.github,
    repository: DEMO_NAMES.repository,
    workflows,
    actions: {
      "actions/checkout": checkoutFrom(gitDirectory),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    secrets: SECRETS,
    path: [request.agent.folder, ...SYSTEM_PATH],
    vars: makeVariables(request),
    onEvent,
  });
}

function makeVariables({
  services: { urls },
  agent,
  healthUrl,
}: GitHubActionsRequest): Record<string, string> {
  return {
    SENTRY_ORG: DEMO_NAMES.owner,
    SENTRY_PROJECTS: DEMO_NAMES.sentryProject.slug,
    SENTRY_URL: urls.sentry,
    VERCEL_PROJECT: DEMO_NAMES.vercelProject,
    VERCEL_URL: urls.vercel,
    POSTHOG_HOST: urls.posthog,
    POSTHOG_PROJECT_ID: DEMO_NAMES.posthogProject,
    POSTHOG_EVENTS: DEMO_NAMES.productEvent,
    HEALTH_URL: healthUrl,
    HEALTH_ALLOW_PRIVATE: "true",
    PATCHPILOT_ONCALL: `@${DEMO_NAMES.maintainer}`,
    PATCHPILOT_AGENT: "command",
    PATCHPILOT_AGENT_COMMAND: agent.command,
    // What `npm test` runs in the shop; npm itself may be anywhere.
    PATCHPILOT_TEST_COMMAND: "node --test",
  };
}
