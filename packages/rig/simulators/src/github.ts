export { createGitHubWorld, type GitHubWorld, type RunnerPort } from "./github/github-world.ts";
export type { Person } from "./github/people.ts";
export { assertNoViolations, createGitHubSimulator, type GitHubSimulator } from "./github/simulator.ts";
export {
  GITHUB_ACTIONS_BOT,
  type GitHubAccount,
  SENTRY_BOT,
  VERCEL_BOT,
} from "./github/state/accounts/identity.ts";
export type { PermissionName, TokenPermissions } from "./github/state/accounts/permissions.ts";
export type { App, NewApp, Token } from "./github/state/accounts/token.ts";
export type { TokenRequest } from "./github/state/accounts/tokens.ts";
export type { ActionsJobRequest, RunChange, RunRequest } from "./github/state/actions/runs.ts";
export type { Rule, RulesetRequest } from "./github/state/code/ruleset.ts";
export type { GitHubEvent } from "./github/state/github-event.ts";
export type {
  ActionsJobRecord,
  ActionsRunRecord,
  ActionsRunStatus,
  CollaboratorRole,
  CommentRecord,
  DeploymentRecord,
  DeploymentStatusRecord,
  GitHubDeploymentState,
  IssueRecord,
  LabelRecord,
  RunConclusion,
  StateReason,
  TimelineRecord,
} from "./github/state/records.ts";
export type { Repository, RepositoryRequest } from "./github/state/repository.ts";
export type { Resource, Staleness } from "./github/state/view.ts";
export type { RateLimits, WorldOptions } from "./github/state/world.ts";
