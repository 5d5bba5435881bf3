import type { Signature } from "../../git/objects.ts";
import { changeTree, type FileChange } from "../../git/trees.ts";
import { commitEmail, type Identity } from "../accounts/identity.ts";
import { notFound } from "../refusal.ts";
import type { Scope } from "../scope.ts";
import type { World } from "../world.ts";
import { createRef, resolveCommit, updateRef } from "./refs.ts";

/** The signature of an account at the current second of the world's clock. */
export function signatureOf(world: World, identity: Identity): Signature {
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
export function commitFiles(scope: Scope, request: CommitRequest): string {
  const { world, repository, hand } = scope;
  const ref = `refs/heads/${request.branch}`;
  const head = repository.git.refs.get(ref);
  const parent = head ?? resolveCommit(repository, request.from ?? repository.defaultBranch);
  if (parent === undefined) throw notFound();
  const signature = signatureOf(world, hand.actor);
  const oid = repository.git.writeCommit({
    tree: changeTree(repository.git, repository.git.commit(parent)?.tree, changesOf(scope, request.files)),
    parents: [parent],
    author: signature,
    committer: signature,
    message: request.message,
  });
  if (head === undefined) createRef(scope, ref, oid);
  else updateRef(scope, ref, oid, false);
  return oid;
}

function changesOf({ repository: { git } }: Scope, files: CommitRequest["files"]): FileChange[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    oid: content === null ? null : git.writeBlob(content),
  }));
}
