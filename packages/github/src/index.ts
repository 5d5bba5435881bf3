export { type AppAccess, type Installation, readInstallation } from "./app.ts";
export { type Artifact, type Aside, listArtifacts, openAside, readArtifact } from "./artifacts.ts";
export {
  connectGitHub,
  type GitHub,
  type GitHubConnection,
  type RepositoryName,
  repositoryName,
} from "./client.ts";
export { readAllComments } from "./comments.ts";
export { type CommitComparison, compareCommits } from "./compare.ts";
export { type CommitPair, readContainments } from "./containment.ts";
export { type CreatedIssue, createIssues, findAuthoredIssues, type IssueCreation } from "./create-issues.ts";
export { type DeploymentStatus, type EnvironmentDeployment, listDeployments } from "./deployments.ts";
export { type FileCommit, type FileQuestion, listFiles, readHistories } from "./files.ts";
export {
  type BranchTip,
  createBlob,
  createBranch,
  createTree,
  lookUpPaths,
  readBlob,
  readBranchTip,
  readCommitTree,
  readTree,
  type TreeChange,
  type TreeEntry,
} from "./git-objects.ts";
export type { GitHubAccess } from "./http-of.ts";
export { readInReach } from "./in-reach.ts";
export type { DispatchFacts, GitHubRepository } from "./incident-repository.ts";
export type { GitHubActor, GitHubComment, GitHubIssue, GitHubTimeline } from "./issue-fields.ts";
export { readIssueKind } from "./issue-kind.ts";
export {
  askIssues,
  type IssueAnswer,
  type IssueList,
  type IssueQuestion,
  type ListedIssues,
} from "./issue-lists.ts";
export type { Extras, IssuePage, IssueSearch } from "./issue-page.ts";
export { listLabels, readIssues } from "./issues.ts";
export { MUTATIONS_PER_REQUEST, type Mutation, type MutationResult } from "./mutations.ts";
export { openGitHub, type Wires } from "./open.ts";
export {
  addComment,
  addLabels,
  type OpenedPullRequest,
  openPullRequest,
  type PullRequestDraft,
  requestReviewers,
} from "./open-pull-request.ts";
export type { OpenPullRequest } from "./open-pulls.ts";
export { type PullReference, type RecentMerge, readPullTexts, toReferences } from "./pull-references.ts";
export { type PullRequest, readPullRequests } from "./pulls.ts";
export {
  createFactCommit,
  createRefs,
  fastForwardRefs,
  type RefChange,
  type RefState,
  readRefs,
} from "./refs.ts";
export { type BranchHead, readBranchHead, readFile, readPermission } from "./repository.ts";
export { type Review, readCommitMessages, readReview } from "./reviews.ts";
export {
  type CommitRun,
  listRuns,
  listRunsOfCommit,
  sendRepositoryDispatch,
  sendWorkflowDispatch,
  type WorkflowRun,
} from "./runs.ts";
export {
  countPulls,
  deleteRef,
  ensureLabel,
  type KnownWorkflow,
  type LabelDraft,
  listLabelNames,
  listWorkflows,
  readVisibility,
} from "./set-up.ts";
export { readEventsBefore } from "./timeline.ts";
