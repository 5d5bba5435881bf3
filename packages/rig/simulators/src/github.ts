export { createGitHubWorld, type GitHubWorld } from "./github/github-world.ts";
export { assertNoViolations, createGitHubSimulator, type GitHubSimulator } from "./github/simulator.ts";
export { GITHUB_ACTIONS_BOT, SENTRY_BOT } from "./github/state/accounts/identity.ts";
export type { PermissionName, TokenPermissions } from "./github/state/accounts/permissions.ts";
export { workflowState } from "./github/state/actions/workflow-states.ts";
export type { GitHubEvent } from "./github/state/github-event.ts";
export { isPull, listPullFiles, type PullIssue } from "./github/state/issues/pulls.ts";
export type { IssueRecord, TimelineRecord } from "./github/state/records.ts";
export type { Repository } from "./github/state/repository.ts";
