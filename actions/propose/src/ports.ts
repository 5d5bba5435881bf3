import type { JobGit } from "@patchpilot/git";
import type {
  BranchTip,
  createFactCommit,
  GitTreeEntry,
  MutationResult,
  OpenedPullRequest,
  ProposedPull,
  PullRequestDraft,
  readBranchHead,
  TreeChange,
} from "@patchpilot/github";
import type { AttemptRecord, PlanRecord } from "@patchpilot/incident";
import type { Gate, GateResult, GateRun, GateWrite, IssueState } from "@patchpilot/ledger";

/** The branch that the pull request is for, and the repository that it belongs to. */
export type ProposeTarget = Awaited<ReturnType<typeof readBranchHead>>;

/** Why an issue does not show an attempt; `isRefused`: this run wanted to write it, and someone has to correct why not. */
export type Unshown = { readonly why: string; readonly isRefused?: true };

/** An attempt on its incident's issue. */
export type AttemptPlace = { readonly repository: string; readonly issue: number; readonly attempt: number };

/** What a run knows of its attempt. */
export type AttemptNews = Pick<AttemptRecord, "phase" | "reason"> &
  Partial<
    Pick<
      AttemptRecord,
      | "outcome"
      | "needs"
      | "runId"
      | "runUrl"
      | "pullRequest"
      | "pullRequestUrl"
      | "proof"
      | "seconds"
      | "usd"
    >
  >;

/** What `run` may touch. Everything but `readIssue` concerns the repository that the workflow runs in. */
export type ProposePorts = {
  /** owner/name of the repository that is repaired. */
  readonly repository: string;
  readonly run: GateRun;
  /** Address of this run. */
  readonly runUrl: string;
  readonly event: Readonly<Record<string, unknown>>;
  /** Values of the job's secrets; a patch may hold none of them. */
  readonly secrets: readonly string[];
  readonly callGit: JobGit;
  readonly readPatch: (path: string) => Promise<Buffer>;
  /** Writes a file for later steps, in `patchpilot` below the job's temporary folder. */
  readonly writeFile: (name: string, text: string) => Promise<void>;
  readonly readTarget: (base: string | undefined) => Promise<ProposeTarget>;
  /** The issue of a repository; one that is gone counts as closed. */
  readonly readIssue: (repository: string, issue: number) => Promise<IssueState>;
  readonly readGate: (key: string) => Promise<Gate>;
  readonly writeGate: (target: ProposeTarget, write: GateWrite) => Promise<GateResult>;
  readonly findPullRequest: (branch: string) => Promise<ProposedPull | undefined>;
  /** Messages of the commits in the pull requests of branches, open or closed, by branch. */
  readonly readCommitMessages: (
    branches: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly readCommitTree: (commit: string) => Promise<string>;
  readonly lookUpPaths: (
    tree: string,
    paths: readonly string[],
  ) => Promise<ReadonlyMap<string, GitTreeEntry>>;
  /** Plain files of a tree and of those below it, with their blobs. */
  readonly listBlobs: (tree: string) => Promise<ReadonlyMap<string, string>>;
  readonly readBlob: (oid: string) => Promise<Buffer>;
  readonly createBlob: (content: Uint8Array) => Promise<string>;
  readonly createTree: (base: string, changes: readonly TreeChange[]) => Promise<string>;
  readonly createCommit: (commit: Parameters<typeof createFactCommit>[2]) => Promise<string>;
  readonly readBranchTip: (branch: string) => Promise<BranchTip | undefined>;
  /** Whether the history of the target's branch holds a commit. */
  readonly isOnBranch: (target: ProposeTarget, commit: string) => Promise<boolean>;
  readonly createBranch: (branch: string, commit: string) => Promise<"made" | "exists">;
  /** Fast-forwards a branch from the commit where it was read. */
  readonly moveBranch: (
    target: ProposeTarget,
    branch: string,
    from: string,
    to: string,
  ) => Promise<MutationResult>;
  readonly openPullRequest: (draft: PullRequestDraft) => Promise<OpenedPullRequest>;
  readonly comment: (number: number, body: string) => Promise<void>;
  /** Brings record, status and labels up to date. @returns why they are not; undefined: they are */
  readonly showAttempt: (place: AttemptPlace, news: AttemptNews) => Promise<Unshown | undefined>;
  /** Writes the record of a plan with its comment, and the status. @returns sentences on what was refused */
  readonly writePlan: (
    place: { readonly repository: string; readonly issue: number },
    comment: string,
    plan: PlanRecord,
  ) => Promise<readonly string[]>;
  readonly addLabels: (number: number, labels: readonly string[]) => Promise<void>;
  /** @param reviewers logins, and teams as `organization/team` */
  readonly requestReviewers: (number: number, reviewers: readonly string[]) => Promise<void>;
  /** The CODEOWNERS file of the default branch; undefined: there is none. */
  readonly readCodeOwners: () => Promise<string | undefined>;
};
