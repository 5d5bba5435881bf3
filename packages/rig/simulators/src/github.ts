export { createGitHubWorld, type GitHubWorld, type RunnerPort } from "./github/github-world.ts";
export type { Person } from "./github/people.ts";
export { assertNoViolations, createGitHubSimulator, type GitHubSimulator } from "./github/simulator.ts";
export type { App, AppRequest } from "./github/state/accounts/apps.ts";
export {
  GITHUB_ACTIONS_BOT,
  type Identity,
  SENTRY_BOT,
  VERCEL_BOT,
} from "./github/state/accounts/identity.ts";
export type { PermissionName, Permissions, Token, TokenRequest } from "./github/state/accounts/tokens.ts";
export type { JobRequest, RunChange, RunRequest } from "./github/state/actions/runs.ts";
export type { Rule, RulesetRequest } from "./github/state/code/rulesets.ts";
export type { GitHubEvent } from "./github/state/events.ts";
export type {
  CollaboratorRole,
  CommentRecord,
  DeploymentRecord,
  DeploymentState,
  DeploymentStatusRecord,
  IssueRecord,
  JobRecord,
  LabelRecord,
  RunConclusion,
  RunRecord,
  RunStatus,
  StateReason,
  TimelineRecord,
} from "./github/state/records.ts";
export type { Repository, RepositoryRequest } from "./github/state/repository.ts";
export type { Resource, Staleness } from "./github/state/view.ts";
export type { RateLimits, WorldOptions } from "./github/state/world.ts";
