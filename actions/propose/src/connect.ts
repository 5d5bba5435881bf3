import { constants } from "node:fs";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Job, machineVariables } from "@patchpilot/action-kit";
import { callGit } from "@patchpilot/git";
import {
  askForReview,
  commentOnPull,
  createBlob,
  createBranch,
  createFactCommit,
  createTree,
  fastForwardRefs,
  type GitHub,
  labelPull,
  listBlobs,
  lookUpPaths,
  openGitHub,
  openPullRequest,
  type RepositoryName,
  readAncestry,
  readBlob,
  readBranchHead,
  readBranchTip,
  readCodeOwners,
  readCommitMessages,
  readCommitTree,
  readPullRequests,
  repositoryName,
  type Wires,
} from "@patchpilot/github";
import { readGates, readIssueState, writeGates } from "@patchpilot/ledger";
import { showAttempt, writePlan } from "./connect-issue.ts";
import type { ProposeInputs } from "./contract.ts";
import type { ProposePorts } from "./ports.ts";

/**
 * Builds the ports. Commit, branch and pull request are made with `pr-token` where there is one: an App's commits
 * are signed, and CI runs on its pull requests.
 */
export function connect(
  inputs: ProposeInputs,
  { environment, secrets }: Job,
  wires: Wires = {},
): ProposePorts {
  const connectAs = (token: string | undefined) => openGitHub({ ...environment, secrets, token }, wires);
  const github = connectAs(inputs["github-token"]);
  const writer = inputs["pr-token"] ? connectAs(inputs["pr-token"]) : github;
  const target = repositoryName(environment.repository);
  const runUrl = `${environment.serverUrl}/${environment.repository}/actions/runs/${environment.runId}`;
  const run = { runId: environment.runId, runUrl };
  return {
    repository: environment.repository,
    run: { id: environment.runId, attempt: environment.runAttempt },
    runUrl,
    event: environment.event,
    secrets: Object.values(secrets),
    callGit: (place, ...call) => callGit({ ...place, path: machineVariables()["PATH"] ?? "" }, ...call),
    readPatch: (path) => readRegularFile(resolve(environment.workspace, path)),
    writeFile: async (name, text) => {
      const folder = join(environment.temporaryFolder || environment.workspace, "patchpilot");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), text);
    },
    ...readingPorts(github, target),
    ...writingPorts(writer, target),
    showAttempt: (place, news) => showAttempt(github, inputs, place, news),
    writePlan: (place, comment, plan) => writePlan(github, inputs, { ...place, run }, comment, plan),
  };
}

function readingPorts(github: GitHub, target: RepositoryName) {
  return {
    readTarget: (base) => readBranchHead(github, target, base),
    readCodeOwners: () => readCodeOwners(github, target),
    readIssue: async (repository, number) => {
      const { open, held } = await readIssueState(github, repository, number);
      return { open, held };
    },
    readGate: async (key) => (await readGates(github, target, [key])).get(key) ?? { state: "absent" },
    writeGate: async ({ repositoryNodeId, oid, tree }, write) => {
      const [result] = await writeGates(github, target, repositoryNodeId, { oid, tree }, [write]);
      return result ?? { key: write.key, state: "unknown", message: "GitHub did not answer." };
    },
    findPullRequest: async (branch) => (await readPullRequests(github, target, [branch])).get(branch),
    readCommitMessages: async (branches) => {
      const pulls = await readPullRequests(github, target, branches);
      if (pulls.size === 0) return new Map();
      const messages = await readCommitMessages(
        github,
        target,
        [...pulls.values()].map(({ number }) => number),
      );
      return new Map([...pulls].map(([branch, { number }]) => [branch, messages.get(number) ?? []]));
    },
    readCommitTree: (commit) => readCommitTree(github, target, commit),
    lookUpPaths: (tree, paths) => lookUpPaths(github, target, tree, paths),
    listBlobs: (tree) => listBlobs(github, target, tree),
    readBlob: (oid) => readBlob(github, target, oid),
    readBranchTip: (branch) => readBranchTip(github, target, branch),
    isOnBranch: async ({ oid }, commit) =>
      (await readAncestry(github, target, { fix: commit, head: oid })) ?? false,
  } satisfies Partial<ProposePorts>;
}

function writingPorts(github: GitHub, target: RepositoryName) {
  return {
    createBlob: (content) => createBlob(github, target, content),
    createTree: (base, changes) => createTree(github, target, base, changes),
    createCommit: (commit) => createFactCommit(github, target, commit),
    createBranch: (branch, commit) => createBranch(github, target, branch, commit),
    moveBranch: async ({ repositoryNodeId }, branch, from, to) => {
      const refs = [{ name: `refs/heads/${branch}`, from, oid: to }];
      const [result] = await fastForwardRefs(github, repositoryNodeId, refs);
      return result ?? { state: "unknown", message: "GitHub did not answer." };
    },
    comment: (number, body) => commentOnPull(github, target, number, body),
    openPullRequest: (draft) => openPullRequest(github, target, draft),
    addLabels: (number, labels) => labelPull(github, target, number, labels),
    requestReviewers: (number, reviewers) => askForReview(github, target, number, reviewers),
  } satisfies Partial<ProposePorts>;
}

/** The patch comes out of an artifact that a worker filled: a link in it must not lead to another file. */
async function readRegularFile(path: string): Promise<Buffer> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      if (!(await file.stat()).isFile()) throw new Error("it is not a plain file");
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
