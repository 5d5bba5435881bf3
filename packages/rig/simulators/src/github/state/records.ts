import type { GitHubAccount } from "./accounts/identity.ts";

/** Instants are ISO 8601 in UTC with whole seconds, as GitHub writes them. All records are immutable. */
type Instant = string;

export type StateReason = "completed" | "not_planned" | "duplicate" | "reopened";

/** An issue or, with `pull`, a pull request: GitHub numbers them in one row. */
export type IssueRecord = {
  readonly number: number;
  readonly id: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly stateReason: StateReason | null;
  readonly locked: boolean;
  readonly author: GitHubAccount;
  readonly editor: GitHubAccount | null;
  readonly lastEditedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | null;
  readonly closedBy: GitHubAccount | null;
  readonly labelIds: readonly number[];
  readonly pull: PullRecord | null;
};

export type PullRecord = {
  readonly id: number;
  readonly draft: boolean;
  /** Branch names, without `refs/heads/`. `headOid` and `baseOid` are the last ones seen while it was open. */
  readonly headRef: string;
  readonly headOid: string;
  readonly baseRef: string;
  readonly baseOid: string;
  readonly mergedAt: Instant | null;
  readonly mergedBy: GitHubAccount | null;
  readonly mergeCommitOid: string | null;
  readonly reviewers: readonly GitHubAccount[];
};

export type CommentRecord = {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: GitHubAccount;
  readonly editor: GitHubAccount | null;
  readonly body: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly lastEditedAt: Instant | null;
  /** The classifier in lower case, as `minimizedReason` gives it. */
  readonly minimizedReason: string | null;
};

export type LabelRecord = {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
};

export type TimelineKind = "labeled" | "unlabeled" | "closed" | "reopened" | "renamed" | "cross-referenced";

export type TimelineRecord = {
  readonly id: number;
  readonly issueNumber: number;
  readonly kind: TimelineKind;
  readonly actor: GitHubAccount;
  readonly createdAt: Instant;
  /** The label as it was then. */
  readonly label: LabelRecord | null;
  readonly stateReason: StateReason | null;
  /** For `closed`: the pull request whose merge did it. For `cross-referenced`: what mentions the issue. */
  readonly sourceNumber: number | null;
};

export type ActionsRunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
export type RunConclusion =
  | "success"
  | "failure"
  | "cancelled"
  | "timed_out"
  | "action_required"
  | "skipped"
  | "neutral"
  | "stale"
  | "startup_failure";

export type ActionsRunRecord = {
  readonly id: number;
  readonly workflowId: number;
  readonly workflowPath: string;
  readonly workflowName: string;
  /** The evaluated `run-name`. */
  readonly displayTitle: string;
  readonly runNumber: number;
  readonly runAttempt: number;
  readonly event: string;
  readonly status: ActionsRunStatus;
  readonly conclusion: RunConclusion | null;
  readonly headBranch: string;
  readonly headOid: string;
  readonly actor: GitHubAccount;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly runStartedAt: Instant;
};

/** What a run uploaded, as the zip that GitHub keeps of it. */
export type ArtifactRecord = {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly archive: Uint8Array;
  readonly expired: boolean;
  readonly headOid: string;
  readonly createdAt: Instant;
};

export type ReviewRecord = {
  readonly id: number;
  /** The pull request. */
  readonly number: number;
  readonly author: GitHubAccount;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed";
  readonly body: string;
  /** Head of the pull request when it was reviewed. */
  readonly oid: string;
  readonly submittedAt: Instant;
  readonly comments: readonly ReviewCommentRecord[];
};

/** A comment on a line of the difference. */
export type ReviewCommentRecord = {
  readonly id: number;
  readonly path: string;
  readonly line: number | null;
  readonly body: string;
};

export type ActionsJobRecord = {
  readonly id: number;
  readonly runId: number;
  readonly runAttempt: number;
  readonly name: string;
  readonly status: ActionsRunStatus;
  readonly conclusion: RunConclusion | null;
  readonly startedAt: Instant;
  readonly completedAt: Instant | null;
  /** What it printed, as GitHub keeps it; default: nothing. */
  readonly log?: string;
  readonly annotations?: readonly CheckAnnotation[];
};

/** What a check points at in a file. */
export type CheckAnnotation = {
  readonly path: string;
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly message: string;
};

/** The states of the official description's `workflow`. */
export type WorkflowState =
  | "active"
  | "deleted"
  | "disabled_fork"
  | "disabled_inactivity"
  | "disabled_manually";

/** What a workflow is, and since when. */
export type WorkflowStateRecord = { readonly state: WorkflowState; readonly updatedAt: Instant };

/** A variable of Actions; its name is in upper case. */
export type VariableRecord = {
  readonly name: string;
  readonly value: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type WorkflowRecord = {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly state: WorkflowState;
  /** When its state changed last. */
  readonly updatedAt: Instant;
  /** The events under `on`, with the declared inputs of `workflow_dispatch`. */
  readonly triggers: readonly string[];
  readonly dispatchInputs: readonly string[];
};

export type GitHubDeploymentState =
  | "error"
  | "failure"
  | "inactive"
  | "in_progress"
  | "queued"
  | "pending"
  | "success";

export type DeploymentRecord = {
  readonly id: number;
  readonly oid: string;
  readonly ref: string;
  readonly environment: string;
  readonly productionEnvironment: boolean;
  readonly transientEnvironment: boolean;
  readonly task: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly creator: GitHubAccount;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type DeploymentStatusRecord = {
  readonly id: number;
  readonly deploymentId: number;
  readonly state: GitHubDeploymentState;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly description: string;
  readonly creator: GitHubAccount;
  readonly createdAt: Instant;
};

export type CheckRunRecord = {
  readonly id: number;
  readonly name: string;
  readonly headOid: string;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | null;
  readonly startedAt: Instant;
  readonly completedAt: Instant | null;
  /** Slug of the App that reports it; default: GitHub Actions. */
  readonly app?: string;
  readonly annotations?: readonly CheckAnnotation[];
};

/** What a collaborator may do, by GitHub's role names. */
export type CollaboratorRole = "admin" | "maintain" | "write" | "triage" | "read";
