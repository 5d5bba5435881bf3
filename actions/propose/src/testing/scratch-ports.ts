import { machineVariables } from "@patchpilot/action-kit";
import { callGit } from "@patchpilot/git";
import type { GitTreeEntry } from "@patchpilot/github";
import { attemptKey } from "@patchpilot/incident";
import type { Gate } from "@patchpilot/ledger";
import type { ProposeInputs } from "../contract.ts";
import { contract } from "../contract.ts";
import type { ProposePorts } from "../ports.ts";
import type { ScratchRepository } from "./scratch-repository.ts";

const REPOSITORY = "acme/shop";
export const REPOSITORY_ID = 77;
export const KEY = attemptKey(REPOSITORY_ID, 12, 1);
export const BRANCH = "patchpilot/12-a1";

/** What a run wrote, in order. */
export type Written = { readonly what: string; readonly value: unknown };

/** Ports over a scratch repository: git objects are real, the rest is in memory. */
export type ScratchPorts = ProposePorts & {
  /** On GitHub. */
  readonly written: Written[];
  /** Files for later steps. */
  readonly left: { readonly name: string; readonly content: unknown }[];
  gate: Gate;
  patch: Buffer;
};

/** A gate that this run passed with `claim`. */
export const workingGate: Gate = {
  state: "present",
  oid: "1".repeat(40),
  fact: { state: "working", run: "500", runAttempt: 1 },
};

export function scratchPorts(
  repository: ScratchRepository,
  patch: Buffer,
  changes: Partial<ProposePorts> = {},
): ScratchPorts {
  const written: Written[] = [];
  const left: ScratchPorts["left"] = [];
  const write = <T>(what: string, value: unknown, result: T): Promise<T> => {
    written.push({ what, value });
    return Promise.resolve(result);
  };
  const line = (args: string[], input?: string | Uint8Array): string =>
    repository.git(args, input).toString().trim();
  const ports: ScratchPorts = {
    written,
    left,
    gate: workingGate,
    patch,
    repository: REPOSITORY,
    run: { id: "500", attempt: 1 },
    runUrl: "https://github.com/acme/shop/actions/runs/500",
    event: {},
    secrets: [],
    callGit: (place, ...call) => callGit({ ...place, path: machineVariables()["PATH"] ?? "" }, ...call),
    readPatch: async () => ports.patch,
    writeFile: async (name, text) => {
      left.push({ name, content: JSON.parse(text) });
    },
    readTarget: async () => ({
      repositoryNodeId: "R_1",
      repositoryId: REPOSITORY_ID,
      branch: "main",
      oid: repository.base,
      tree: line(["rev-parse", `${repository.base}^{tree}`]),
    }),
    readIssue: async () => ({ open: true, held: false }),
    readGate: async () => ports.gate,
    writeGate: async (_, { key, fact }) => {
      ports.gate = { state: "present", oid: "2".repeat(40), fact };
      return write("gate", fact, { key, state: "done" as const, message: "" });
    },
    findPullRequest: async () => undefined,
    readCommitMessages: async () => new Map(),
    moveBranch: async (_, branch, from, to) =>
      write("move", { branch, from, to }, { state: "done" as const, data: {} }),
    comment: async (number, body) => write("comment", { number, body }, undefined),
    showAttempt: async (place, news) => write("status", { place, news }, undefined),
    writePlan: async (place, comment, plan) => write("plan", { place, comment, plan }, []),
    readCommitTree: async (commit) => line(["rev-parse", `${commit}^{tree}`]),
    lookUpPaths: async (tree, paths) => lookUp(repository, tree, paths),
    listBlobs: async (tree) => listBlobs(line(["ls-tree", "-r", "--full-tree", tree])),
    readBlob: async (oid) => repository.git(["cat-file", "blob", oid]),
    createBlob: async (content) => write("blob", undefined, line(["hash-object", "-w", "--stdin"], content)),
    createTree: async (base, treeChanges) => {
      line(["read-tree", base]);
      const entries = treeChanges.map(({ path, mode, oid }) =>
        oid === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${oid}\t${path}\0`,
      );
      repository.git(["update-index", "-z", "--index-info"], entries.join(""));
      return write("tree", undefined, line(["write-tree"]));
    },
    createCommit: async ({ message, tree, parents }) => {
      const commit = line(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])], message);
      return write("commit", message, commit);
    },
    readBranchTip: async () => undefined,
    isOnBranch: async (target, commit) => line(["rev-list", target.oid]).split("\n").includes(commit),
    createBranch: async (branch, commit) => write("branch", { branch, commit }, "made" as const),
    openPullRequest: async (draft) =>
      write("pull request", draft, {
        number: 31,
        url: "https://github.com/acme/shop/pull/31",
        draft: draft.draft,
      }),
    addLabels: async (_, labels) => write("labels", labels, undefined),
    readCodeOwners: async () => undefined,
    requestReviewers: async (_, reviewers) => write("reviewers", reviewers, undefined),
    ...changes,
  };
  return ports;
}

/** Every entry of a tree that is one of the paths or lies above one. */
function lookUp(
  repository: ScratchRepository,
  tree: string,
  paths: readonly string[],
): Map<string, GitTreeEntry> {
  const listed = repository.git(["ls-tree", "-r", "-t", "-z", tree]).toString().split("\0").filter(Boolean);
  const entries = listed.map((text): [string, GitTreeEntry] => {
    const [facts = "", path = ""] = text.split("\t");
    const [mode = "", type = "", oid = ""] = facts.split(" ");
    return [path, { name: path, mode, type: type as GitTreeEntry["type"], oid }];
  });
  return new Map(
    entries.filter(([path]) => paths.some((wanted) => wanted === path || wanted.startsWith(`${path}/`))),
  );
}

/** Inputs as the template passes them, with every default filled in. */
export function inputsFor(
  repository: ScratchRepository,
  sha256: string,
  given: Record<string, string> = {},
): ProposeInputs {
  const inputs = {
    patch: "change.patch",
    "patch-sha256": sha256,
    key: KEY,
    "base-sha": repository.base,
    branch: BRANCH,
    ...given,
  };
  // An empty input is an absent one.
  return contract.inputs.parse(
    Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== "")),
  );
}

/** What `git ls-tree -r` lists, without links and submodules. */
const listBlobs = (listed: string): Map<string, string> =>
  new Map(
    listed.split("\n").flatMap((entry) => {
      const [, oid = "", path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/.exec(entry) ?? [];
      return path === undefined ? [] : [[path, oid] as const];
    }),
  );
