import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { type Job, machineVariables } from "@patchpilot/action-kit";
import {
  askForReview,
  type BranchTip,
  commentOnPull,
  createBlob,
  createBranch,
  createFactCommit,
  createTree,
  fastForwardRefs,
  type GitHub,
  type GitTreeEntry,
  labelPull,
  lookUpPaths,
  type MutationResult,
  type OpenedPullRequest,
  openGitHub,
  openPullRequest,
  type ProposedPull,
  type PullRequestDraft,
  type RepositoryName,
  readBlob,
  readBranchHead,
  readBranchTip,
  readCommitMessages,
  readCommitTree,
  readContainments,
  readPullRequests,
  repositoryName,
  type TreeChange,
  type Wires,
} from "@patchpilot/github";
import { commandLabel, type PlanRecord } from "@patchpilot/incident";
import {
  applyChanges,
  ensureOwnLabels,
  type Gate,
  type GateResult,
  type GateRun,
  type GateWrite,
  type IssueState,
  makeBelief,
  readGates,
  readIncidents,
  readIssueState,
  writeGates,
} from "@patchpilot/ledger";
import type { Inputs } from "./contract.ts";

/** The branch that the pull request is for, and the repository that it belongs to. */
export type Target = Awaited<ReturnType<typeof readBranchHead>>;

/** What `run` may touch. Everything but `readIssue` concerns the repository that the workflow runs in. */
export type Ports = {
  /** owner/name of the repository that is repaired. */
  readonly repository: string;
  readonly run: GateRun;
  readonly event: Readonly<Record<string, unknown>>;
  /** Values of the job's secrets; a patch may hold none of them. */
  readonly secrets: readonly string[];
  /** Where git is looked for, as in `PATH`. */
  readonly path: string;
  readonly readPatch: (path: string) => Promise<Buffer>;
  readonly readTarget: (base: string | undefined) => Promise<Target>;
  /** The issue of a repository; one that is gone counts as closed. */
  readonly readIssue: (repository: string, issue: number) => Promise<IssueState>;
  readonly readGate: (key: string) => Promise<Gate>;
  readonly writeGate: (target: Target, write: GateWrite) => Promise<GateResult>;
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
  readonly readBlob: (oid: string) => Promise<Buffer>;
  readonly createBlob: (content: Uint8Array) => Promise<string>;
  readonly createTree: (base: string, changes: readonly TreeChange[]) => Promise<string>;
  readonly createCommit: (commit: Parameters<typeof createFactCommit>[2]) => Promise<string>;
  readonly readBranchTip: (branch: string) => Promise<BranchTip | undefined>;
  /** Whether the history of the target's branch holds a commit. */
  readonly isOnBranch: (target: Target, commit: string) => Promise<boolean>;
  readonly createBranch: (branch: string, commit: string) => Promise<"made" | "exists">;
  /** Fast-forwards a branch from the commit where it was read. */
  readonly moveBranch: (target: Target, branch: string, from: string, to: string) => Promise<MutationResult>;
  readonly openPullRequest: (draft: PullRequestDraft) => Promise<OpenedPullRequest>;
  readonly comment: (number: number, body: string) => Promise<void>;
  /** Writes the record of a plan with its comment. @returns sentences on what was refused */
  readonly writePlan: (
    place: { readonly repository: string; readonly issue: number },
    comment: string,
    plan: PlanRecord,
  ) => Promise<readonly string[]>;
  readonly addLabels: (number: number, labels: readonly string[]) => Promise<void>;
  readonly requestReviewers: (number: number, reviewers: readonly string[]) => Promise<void>;
};

/**
 * Builds the ports. Commit, branch and pull request are made with `pr-token` where there is one: an App's commits
 * are signed, and CI runs on its pull requests.
 */
export function connect(inputs: Inputs, { environment, secrets }: Job, wires: Wires = {}): Ports {
  const connectAs = (token: string | undefined) => openGitHub({ ...environment, secrets, token }, wires);
  const github = connectAs(inputs["github-token"]);
  const writer = inputs["pr-token"] ? connectAs(inputs["pr-token"]) : github;
  const target = repositoryName(environment.repository);
  return {
    repository: environment.repository,
    run: { id: environment.runId, attempt: environment.runAttempt },
    event: environment.event,
    secrets: Object.values(secrets),
    path: machineVariables()["PATH"] ?? "",
    readPatch: (path) => readRegularFile(resolve(environment.workspace, path)),
    ...readingPorts(github, target),
    ...writingPorts(writer, target),
    writePlan: (place, comment, plan) => writePlan(github, inputs, place, comment, plan),
  };
}

function readingPorts(github: GitHub, target: RepositoryName) {
  return {
    readTarget: (base: string | undefined) => readBranchHead(github, target, base),
    readIssue: async (repository: string, number: number) => {
      const { open, held } = await readIssueState(github, repository, number);
      return { open, held };
    },
    readGate: async (key: string): Promise<Gate> =>
      (await readGates(github, target, [key])).get(key) ?? { state: "absent" },
    writeGate: async ({ repositoryNodeId, oid, tree }: Target, write: GateWrite): Promise<GateResult> => {
      const [result] = await writeGates(github, target, repositoryNodeId, { oid, tree }, [write]);
      return result ?? { key: write.key, state: "unknown", message: "GitHub did not answer." };
    },
    findPullRequest: async (branch: string) => (await readPullRequests(github, target, [branch])).get(branch),
    readCommitMessages: async (branches: readonly string[]) => {
      const pulls = await readPullRequests(github, target, branches);
      if (pulls.size === 0) return new Map<string, string[]>();
      const messages = await readCommitMessages(
        github,
        target,
        [...pulls.values()].map(({ number }) => number),
      );
      return new Map([...pulls].map(([branch, { number }]) => [branch, messages.get(number) ?? []]));
    },
    readCommitTree: (commit: string) => readCommitTree(github, target, commit),
    lookUpPaths: (tree: string, paths: readonly string[]) => lookUpPaths(github, target, tree, paths),
    readBlob: (oid: string) => readBlob(github, target, oid),
    readBranchTip: (branch: string) => readBranchTip(github, target, branch),
    isOnBranch: async ({ oid }: Target, commit: string) => {
      const pair = { fix: commit, head: oid };
      return (await readContainments(github, target, [pair])).get(pair) ?? false;
    },
  };
}

function writingPorts(github: GitHub, target: RepositoryName) {
  return {
    createBlob: (content: Uint8Array) => createBlob(github, target, content),
    createTree: (base: string, changes: readonly TreeChange[]) => createTree(github, target, base, changes),
    createCommit: (commit: Parameters<typeof createFactCommit>[2]) =>
      createFactCommit(github, target, commit),
    createBranch: (branch: string, commit: string) => createBranch(github, target, branch, commit),
    moveBranch: async ({ repositoryNodeId }: Target, branch: string, from: string, to: string) => {
      const refs = [{ name: `refs/heads/${branch}`, from, oid: to }];
      const [result] = await fastForwardRefs(github, repositoryNodeId, refs);
      return result ?? { state: "unknown" as const, message: "GitHub did not answer." };
    },
    comment: (number: number, body: string) => commentOnPull(github, target, number, body),
    openPullRequest: (draft: PullRequestDraft) => openPullRequest(github, target, draft),
    addLabels: (number: number, labels: readonly string[]) => labelPull(github, target, number, labels),
    requestReviewers: (number: number, reviewers: readonly string[]) =>
      askForReview(github, target, number, reviewers),
  };
}

/** A plan is a record of its attempt; the label that approves it is made where the repository lacks it. */
async function writePlan(
  github: GitHub,
  inputs: Inputs,
  { repository, issue }: { readonly repository: string; readonly issue: number },
  text: string,
  data: PlanRecord,
): Promise<readonly string[]> {
  const belief = makeBelief(inputs["state-key"], inputs["trusted-authors"]);
  const ledger = await readIncidents(github, repositoryName(repository), { numbers: [issue] }, belief);
  const [incident] = ledger.incidents;
  if (incident === undefined) return [`#${issue} cannot be read, so the plan stands nowhere.`];
  if (incident.records.newerVersion !== undefined)
    return [`A newer PatchPilot wrote on #${issue}; upgrade this action to post plans there.`];
  const records = [{ kind: `plan/${data.attempt}` as const, text, data }];
  const applied = await applyChanges(github, ledger, [{ incident, records }]);
  await ensureOwnLabels(github, ledger.repository, [commandLabel("approved")]);
  return applied.flatMap(({ problems }) => problems);
}

/** The patch comes out of an artifact that a worker filled: a link in it must not lead to another file. */
async function readRegularFile(path: string): Promise<Buffer> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      if (!(await file.stat()).isFile()) throw new Error("it is no plain file");
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = (cause as { code?: string }).code ?? (cause as Error).message;
    throw new Error(
      `The patch ${path} cannot be read (${reason}). Download the work job's artifact before this step.`,
      { cause },
    );
  }
}
