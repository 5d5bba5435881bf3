import {
  createBlob,
  createBranch,
  createFactCommit,
  createTree,
  type GitHub,
  openPullRequest,
  type RepositoryName,
  readBranchHead,
  readBranchTip,
  readCommitTree,
  readPullRequests,
  type TreeChange,
} from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { Onboarding, OpenedOnboarding } from "./ports.ts";

type Target = { readonly github: GitHub; readonly repository: RepositoryName };

/**
 * Puts files on a branch from the head of the default branch, and opens a pull request for it. A second call with the same
 * files finds the first one's. A branch that has other files stays as it is.
 * @throws HttpFailure; Error with a sentence if the branch has other files
 */
export async function proposeFiles(
  { github, repository }: Target,
  { branch, title, body, files }: Onboarding,
): Promise<OpenedOnboarding> {
  const head = await readBranchHead(github, repository);
  const tip = await readBranchTip(github, repository, branch);
  // An earlier call began from what was the head then.
  const [parent] = tip?.parents ?? [];
  const base = parent === undefined ? head.tree : await readCommitTree(github, repository, parent);
  const tree = await storeTree({ github, repository }, base, files);
  if (tip !== undefined && tip.tree !== tree) throw otherFiles(branch);
  if (tip === undefined) {
    const oid = await createFactCommit(github, repository, { message: title, tree, parents: [head.oid] });
    const made = await explainRefusal(() => createBranch(github, repository, branch, oid));
    if (made === "exists") throw otherFiles(branch);
  }
  const open = (await readPullRequests(github, repository, [branch])).get(branch);
  if (open?.state === "open") return { url: open.url, state: "found" };
  const draft = { title, body, branch, base: head.branch, draft: false };
  const { url } = await openPullRequest(github, repository, draft);
  return { url, state: "opened" };
}

async function storeTree(
  { github, repository }: Target,
  base: string,
  files: Onboarding["files"],
): Promise<string> {
  const changes: TreeChange[] = [];
  for (const [path, text] of Object.entries(files)) {
    const oid = await createBlob(github, repository, Buffer.from(text));
    changes.push({ path, mode: "100644", oid });
  }
  return explainRefusal(() => createTree(github, repository, base, changes));
}

/** GitHub lets a token of an OAuth app change workflows only with the scope `workflow`; it answers 404 or says so. */
async function explainRefusal<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof HttpFailure) || ![403, 404, 422].includes(error.status ?? 0)) throw error;
    throw new Error(
      `GitHub did not take the files: ${error.detail ?? error.happened}. If you may write to the repository, your login lacks the right to change workflows: run \`gh auth refresh --scopes workflow\`, and start this again.`,
      { cause: error },
    );
  }
}

const otherFiles = (branch: string): Error =>
  new Error(
    `The branch ${branch} is there already, with other files. Delete it, or name another one with --branch.`,
  );
