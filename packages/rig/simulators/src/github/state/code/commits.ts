import type { GitSignature } from "../../git/objects.ts";
import { changeTree, type FileChange } from "../../git/trees.ts";
import { commitEmail, type GitHubAccount } from "../accounts/identity.ts";
import { notFound } from "../refusal.ts";
import type { WriteScope } from "../scope.ts";
import type { GitHubState } from "../world.ts";
import { createRef, resolveCommit, updateRef } from "./refs.ts";

/** The signature of an account at the current second of the world's clock. */
export function stampSignature(world: GitHubState, identity: GitHubAccount): GitSignature {
  return {
    name: identity.login,
    email: commitEmail(identity),
    seconds: Math.floor(world.clock.now() / 1000),
  };
}

export type CommitRequest = {
  readonly branch: string;
  readonly message: string;
  /** New contents by path; null removes the file. */
  readonly files: Readonly<Record<string, string | Buffer | null>>;
  /** Where a branch that does not exist yet begins: a branch, tag or oid. Default: the default branch. */
  readonly from?: string;
};

/** Commits files onto a branch, made where it does not exist, and gives the commit's oid. */
export function commitFiles(scope: WriteScope, request: CommitRequest): string {
  const { world, repository, hand } = scope;
  const ref = `refs/heads/${request.branch}`;
  const head = repository.git.refs.get(ref);
  const parent = head ?? resolveCommit(repository, request.from ?? repository.defaultBranch);
  if (parent === undefined) throw notFound();
  const signature = stampSignature(world, hand.actor);
  const oid = repository.git.writeCommit({
    tree: changeTree(repository.git, repository.git.commit(parent)?.tree, toChanges(scope, request.files)),
    parents: [parent],
    author: signature,
    committer: signature,
    message: request.message,
  });
  if (head === undefined) createRef(scope, ref, oid);
  else updateRef(scope, ref, oid, false);
  return oid;
}

function toChanges({ repository: { git } }: WriteScope, files: CommitRequest["files"]): FileChange[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    oid: content === null ? null : git.writeBlob(content),
  }));
}
