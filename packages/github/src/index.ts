export {
  type ActionsPolicy,
  readActionsPolicy,
  readPullsByActions,
  readSelectedActions,
  type SelectedActions,
} from "./actions-policy.ts";
export { type AppInstallation, readInstallation } from "./app.ts";
export {
  type Aside,
  listArtifacts,
  openAside,
  readArtifact,
  readEndOfLog,
} from "./artifacts.ts";
export { askIssues } from "./ask-issues.ts";
export { openAttachments } from "./attachments.ts";
export { type BranchProtection, listBranchProtections } from "./branch-protections.ts";
export { type BranchRule, readBranchRules } from "./branch-rules.ts";
export {
  type CheckWords,
  type CommitCheck,
  type PullChecks,
  readChecks,
  readCheckWords,
} from "./checks.ts";
export { type GitHub, type RepositoryName, repositoryName } from "./client.ts";
export { findOwners, readCodeOwners } from "./codeowners.ts";
export { readAllComments } from "./comments.ts";
export { compareCommits } from "./compare.ts";
export { type FoundCommit, type Holding, readAncestry, readHoldings } from "./containment.ts";
export { createIssues, findAuthoredIssues } from "./create-issues.ts";
export {
  type DeploymentStatus,
  type EnvironmentDeployment,
  listDeployedEnvironments,
  listDeployments,
} from "./deployments.ts";
export { type JobEnvironment, listJobEnvironments } from "./environments.ts";
export { listPaths, readFileTexts, readHistories } from "./files.ts";
export {
  type BranchTip,
  createBlob,
  createBranch,
  createTree,
  type GitTreeEntry,
  listBlobs,
  lookUpPaths,
  readBlob,
  readBranchTip,
  readCommitTree,
  type TreeChange,
} from "./git-objects.ts";
export { readInReach } from "./in-reach.ts";
export type { GitHubRepository, RecentDispatches } from "./incident-repository.ts";
export { type BriefIssue, type ChangesPage, listChanges } from "./issue-changes.ts";
export type { GitHubActor, GitHubComment, GitHubIssue, GitHubTimeline } from "./issue-fields.ts";
export { COMMENT, commentSchema } from "./issue-fields.ts";
export { readIssueKind } from "./issue-kind.ts";
export type { IssueList, IssueQuestion } from "./issue-lists.ts";
export { type IssueMarks, listMarks } from "./issue-marks.ts";
export type { Extras, IncidentSearch, IssuePage } from "./issue-page.ts";
export { type LabelPage, listLabels, readIssues } from "./issues.ts";
export type { Mutation, MutationResult } from "./mutations.ts";
export { openGitHub, type Wires } from "./open.ts";
export {
  askForReview,
  commentOnPull,
  labelPull,
  type OpenedPullRequest,
  openPullRequest,
  type PullRequestDraft,
} from "./open-pull-request.ts";
export type { OpenPull } from "./open-pulls.ts";
export { listOrganizationApps, type OrganizationApp } from "./organization-apps.ts";
export { askInPortions, ONCE, type Portion } from "./portions.ts";
export { readPullChange } from "./pull-change.ts";
export { type PullReference, type RecentMerge, readPullTexts, toReferences } from "./pull-references.ts";
export { type ProposedPull, readPullRequests } from "./pulls.ts";
export {
  composeRefs,
  createFactCommit,
  createRefs,
  fastForwardRefs,
  type RefState,
  readRef,
  readRefs,
} from "./refs.ts";
export { remedyForRefusal } from "./refusals.ts";
export { type BranchHead, readBranchHead, readFile, readPermission } from "./repository.ts";
export { type RepositoryProfile, type RepositoryRight, readProfile } from "./repository-profile.ts";
export { splitEvery } from "./repository-query.ts";
export { type PullWords, type Review, readCommitMessages, readPullWords, readReview } from "./reviews.ts";
export {
  listRulesets,
  type RepositoryRuleset,
} from "./rulesets.ts";
export {
  listRuns,
  listRunsOfCommit,
  readNewestRun,
  readRunsOfCommit,
  rerunFailedJobs,
  sendRepositoryDispatch,
  sendWorkflowDispatch,
  type WorkflowRun,
} from "./runs.ts";
export {
  countPulls,
  ensureLabel,
  type KnownWorkflow,
  listKnownWorkflows,
  listLabelNames,
  readVisibility,
  removeRef,
} from "./set-up.ts";
export { listSettingNames, type NamesPlace, type SettingKind } from "./setting-names.ts";
export { readEventsBefore } from "./timeline.ts";
export { readVariable, writeVariable } from "./variables.ts";
export { readWorkflowSwitch, switchWorkflow, type WorkflowSwitch } from "./workflow-switch.ts";
