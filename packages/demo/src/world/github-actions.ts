import { openSimulatedActions } from "@patchpilot/devtools/simulated-actions";
import {
  type BuiltInAction,
  checkoutFrom,
  downloadArtifact,
  type RunnerEvent,
  uploadArtifact,
  type WorkflowRunner,
} from "@patchpilot/workflow-runner";
import { NAMES, SECRETS } from "./names.ts";
import type { Services } from "./services.ts";

export type GitHubActionsRequest = {
  readonly services: Services;
  /** Workflow files by their path in the repository: those on its default branch. */
  readonly workflows: Readonly<Record<string, string>>;
  /** Stands in for the coding agents' actions. */
  readonly agent: BuiltInAction;
  readonly healthUrl: string;
  readonly onEvent: (event: RunnerEvent) => void;
};

/** GitHub Actions of the shop's repository, with what its owner has configured. */
export function openGitHubActions(request: GitHubActionsRequest): Promise<WorkflowRunner> {
  const { services, workflows, agent, healthUrl, onEvent } = request;
  const { github, urls, gitDirectory } = services;
  return openSimulatedActions({
    github,
    api: urls.github,
    repository: NAMES.repository,
    workflows,
    actions: {
      "actions/checkout": checkoutFrom(gitDirectory),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
      "anthropics/claude-code-action": agent,
    },
    secrets: SECRETS,
    vars: variablesOf(services, healthUrl),
    onEvent,
  });
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
