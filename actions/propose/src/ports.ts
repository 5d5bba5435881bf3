import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { Job } from "@patchpilot/action-kit";
import {
  addLabels,
  type BranchTip,
  createBlob,
  createBranch,
  createFactCommit,
  createTree,
  type GitHub,
  lookUpPaths,
  type OpenedPullRequest,
  openGitHub,
  openPullRequest,
  type PullRequest,
  type PullRequestDraft,
  type RepositoryName,
  readBlob,
  readBranchHead,
  readBranchTip,
  readCommitTree,
  readIssues,
  readPullRequests,
  repositoryName,
  requestReviewers,
  type TreeChange,
  type TreeEntry,
  type Wires,
} from "@patchpilot/github";
import { commandLabel } from "@patchpilot/incident";
import { type Gate, type GateResult, type GateWrite, readGates, writeGates } from "@patchpilot/ledger";
import type { Inputs } from "./contract.ts";

/** The branch that the pull request is for, and the repository that it belongs to. */
export type Target = Awaited<ReturnType<typeof readBranchHead>>;

/** The incident's issue, as far as it matters here. */
export type IssueState = { readonly open: boolean; readonly held: boolean };

/** What `run` may touch. Everything but `readIssue` concerns the repository that the workflow runs in. */
export type Ports = {
  /** owner/name of the repository that is repaired. */
  readonly repository: string;
  readonly run: { readonly id: string; readonly attempt: number };
  readonly event: Readonly<Record<string, unknown>>;
  /** Values of the job's secrets; a patch may hold none of them. */
  readonly secrets: readonly string[];
  readonly readPatch: (path: string) => Promise<Buffer>;
  readonly readTarget: (base: string | undefined) => Promise<Target>;
  /** The issue of a repository; one that is gone counts as closed. */
  readonly readIssue: (repository: string, issue: number) => Promise<IssueState>;
  readonly readGate: (key: string) => Promise<Gate>;
  readonly writeGate: (target: Target, write: GateWrite) => Promise<GateResult>;
  readonly findPullRequest: (branch: string) => Promise<PullRequest | undefined>;
  readonly readCommitTree: (commit: string) => Promise<string>;
  readonly lookUpPaths: (tree: string, paths: readonly string[]) => Promise<ReadonlyMap<string, TreeEntry>>;
  readonly readBlob: (oid: string) => Promise<Buffer>;
  readonly createBlob: (content: Uint8Array) => Promise<string>;
  readonly createTree: (base: string, changes: readonly TreeChange[]) => Promise<string>;
  readonly createCommit: (commit: Parameters<typeof createFactCommit>[2]) => Promise<string>;
  readonly readBranchTip: (branch: string) => Promise<BranchTip | undefined>;
  readonly createBranch: (branch: string, commit: string) => Promise<"made" | "exists">;
  readonly openPullRequest: (draft: PullRequestDraft) => Promise<OpenedPullRequest>;
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
    readPatch: (path) => readRegularFile(resolve(environment.workspace, path)),
    ...readingPorts(github, target),
    ...writingPorts(writer, target),
  };
}

function readingPorts(github: GitHub, target: RepositoryName) {
  return {
    readTarget: (base: string | undefined) => readBranchHead(github, target, base),
    readIssue: async (repository: string, number: number) => {
      const page = await readIssues(github, repositoryName(repository), { numbers: [number] });
      const [issue] = page.issues;
      const held = issue?.labels.nodes.some(({ name }) => name === commandLabel("hold")) ?? false;
      return { open: issue?.state === "OPEN", held };
    },
    readGate: async (key: string): Promise<Gate> =>
      (await readGates(github, target, [key])).get(key) ?? { state: "absent" },
    writeGate: async ({ repositoryNodeId, oid, tree }: Target, write: GateWrite): Promise<GateResult> => {
      const [result] = await writeGates(github, target, repositoryNodeId, { oid, tree }, [write]);
      return result ?? { key: write.key, state: "unknown", message: "GitHub did not answer." };
    },
    findPullRequest: async (branch: string) => (await readPullRequests(github, target, [branch])).get(branch),
    readCommitTree: (commit: string) => readCommitTree(github, target, commit),
    lookUpPaths: (tree: string, paths: readonly string[]) => lookUpPaths(github, target, tree, paths),
    readBlob: (oid: string) => readBlob(github, target, oid),
    readBranchTip: (branch: string) => readBranchTip(github, target, branch),
  };
}

function writingPorts(github: GitHub, target: RepositoryName) {
  return {
    createBlob: (content: Uint8Array) => createBlob(github, target, content),
    createTree: (base: string, changes: readonly TreeChange[]) => createTree(github, target, base, changes),
    createCommit: (commit: Parameters<typeof createFactCommit>[2]) =>
      createFactCommit(github, target, commit),
    createBranch: (branch: string, commit: string) => createBranch(github, target, branch, commit),
    openPullRequest: (draft: PullRequestDraft) => openPullRequest(github, target, draft),
    addLabels: (number: number, labels: readonly string[]) => addLabels(github, target, number, labels),
    requestReviewers: (number: number, reviewers: readonly string[]) =>
      requestReviewers(github, target, number, reviewers),
  };
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
