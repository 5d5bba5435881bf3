export { createGitHubWorld, type GitHubWorld, type RunnerPort } from "./github/github-world.ts";
export type { Person } from "./github/people.ts";
export { assertNoViolations, createGitHubSimulator, type GitHubSimulator } from "./github/simulator.ts";
export type { App, NewApp as AppRequest } from "./github/state/accounts/apps.ts";
export {
  GITHUB_ACTIONS_BOT,
  type GitHubAccount as Identity,
  SENTRY_BOT,
  VERCEL_BOT,
} from "./github/state/accounts/identity.ts";
export type {
  PermissionName,
  Token,
  TokenPermissions as Permissions,
  TokenRequest,
} from "./github/state/accounts/tokens.ts";
export type { ActionsJobRequest as JobRequest, RunChange, RunRequest } from "./github/state/actions/runs.ts";
export type { Rule, RulesetRequest } from "./github/state/code/rulesets.ts";
export type { GitHubEvent } from "./github/state/events.ts";
export type {
  ActionsJobRecord as JobRecord,
  ActionsRunRecord as RunRecord,
  ActionsRunStatus as RunStatus,
  CollaboratorRole,
  CommentRecord,
  DeploymentRecord,
  DeploymentStatusRecord,
  GitHubDeploymentState as DeploymentState,
  IssueRecord,
  LabelRecord,
  RunConclusion,
  StateReason,
  TimelineRecord,
} from "./github/state/records.ts";
export type { Repository, RepositoryRequest } from "./github/state/repository.ts";
export type { Resource, Staleness } from "./github/state/view.ts";
export type { RateLimits, WorldOptions } from "./github/state/world.ts";
