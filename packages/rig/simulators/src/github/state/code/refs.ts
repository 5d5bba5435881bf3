import { isAncestor, peelTag } from "../../git/history.ts";
import type { Ref } from "../../git/ref-store.ts";
import { findEntry } from "../../git/trees.ts";
import { GitHubRefusal, notFound, unprocessable } from "../refusal.ts";
import { checkTagLock } from "../releases/immutable-tags.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import { announceMove } from "./pushes.ts";
import { checkCreation } from "./rulesets.ts";

/** @throws Refusal 422 if the ref exists, its name is bad or restricted by a rule, or there is no such object. */
export function createRef(scope: WriteScope, name: string, oid: string): Ref {
  const { git } = scope.repository;
  checkName(name);
  if (git.typeOf(oid) === undefined) throw unprocessable("Object does not exist");
  checkWorkflowRight(scope, oid);
  if (git.refs.get(name) !== undefined) throw unprocessable("Reference already exists");
  if (hasFolderConflict(scope.repository, name)) throw unprocessable("Reference already exists");
  checkCreation(scope.repository, name);
  checkTagLock(scope.repository, name, "creation");
  if (!git.refs.move(name, undefined, oid)) throw unprocessable("Reference already exists");
  announceMove(scope, name, undefined, oid);
  return { name, oid };
}

/** @throws Refusal 422 where the ref or the object is missing, or the move is none to a descendant and not forced. */
export function updateRef(scope: WriteScope, name: string, oid: string, force: boolean): Ref {
  const { git } = scope.repository;
  const before = git.refs.get(name);
  if (before === undefined) throw unprocessable("Reference does not exist");
  if (git.typeOf(oid) === undefined) throw unprocessable("Object does not exist");
  checkWorkflowRight(scope, oid);
  if (before !== oid) checkTagLock(scope.repository, name, "update");
  if (!force && !isAncestor(git, before, oid)) throw unprocessable("Update is not a fast forward");
  if (!git.refs.move(name, before, oid)) throw unprocessable("Update is not a fast forward");
  if (before !== oid) announceMove(scope, name, before, oid);
  return { name, oid };
}

export function dropRef(scope: WriteScope, name: string): void {
  const { git } = scope.repository;
  const before = git.refs.get(name);
  if (before === undefined) throw unprocessable("Reference does not exist");
  if (name === `refs/heads/${scope.repository.defaultBranch}`) {
    throw unprocessable("Cannot delete the default branch");
  }
  checkTagLock(scope.repository, name, "deletion");
  if (!git.refs.move(name, before, undefined)) throw unprocessable("Reference does not exist");
  announceMove(scope, name, before, undefined);
}

export type RefUpdate = {
  readonly name: string;
  /** The zero oid deletes. */
  readonly afterOid: string;
  /** Where it must be now; the zero oid: it must not exist. */
  readonly beforeOid?: string | null;
  readonly force?: boolean;
};

const ZERO_OID = "0".repeat(40);

/** Moves several refs, all or none: every update is judged before the first is made. */
export function updateRefs(scope: WriteScope, updates: readonly RefUpdate[]): void {
  for (const update of updates) checkUpdate(scope, update);
  for (const { name, afterOid } of updates) {
    const before = scope.repository.git.refs.get(name);
    const after = afterOid === ZERO_OID ? undefined : afterOid;
    if (!scope.repository.git.refs.move(name, before, after))
      throw unprocessable(`${name}: it moved meanwhile`);
    if (before !== after) announceMove(scope, name, before, after);
  }
}

function checkUpdate(scope: WriteScope, { name, afterOid, beforeOid, force }: RefUpdate): void {
  const { repository } = scope;
  const before = repository.git.refs.get(name);
  checkName(name);
  if (beforeOid != null && (before ?? ZERO_OID) !== beforeOid) {
    throw unprocessable(`Reference cannot be updated: ${name} is not at ${beforeOid}`);
  }
  if (afterOid === ZERO_OID) {
    if (before === undefined) throw unprocessable(`Reference does not exist: ${name}`);
    checkTagLock(repository, name, "deletion");
    return;
  }
  if (repository.git.typeOf(afterOid) === undefined)
    throw unprocessable(`Object does not exist: ${afterOid}`);
  checkWorkflowRight(scope, afterOid);
  if (before === undefined && hasFolderConflict(repository, name)) {
    throw unprocessable(`Reference cannot be created: ${name}`);
  }
  if (before === undefined) checkCreation(repository, name);
  if (before !== afterOid) checkTagLock(repository, name, before === undefined ? "creation" : "update");
  if (before !== undefined && force !== true && !isAncestor(repository.git, before, afterOid)) {
    throw unprocessable(`Update is not a fast forward: ${name}`);
  }
}

export function requireRef(repository: Repository, name: string, version?: number): Ref {
  const oid = repository.git.refs.get(name, version);
  if (oid === undefined) throw notFound();
  return { name, oid };
}

/** Finds the commit that a branch, a tag, a full ref or an oid names. */
export function resolveCommit(repository: Repository, name: string, version?: number): string | undefined {
  const { git } = repository;
  const full = name.startsWith("refs/")
    ? [name]
    : [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`];
  const named = full.map((ref) => git.refs.get(ref, version)).find((oid) => oid !== undefined);
  const oid =
    named ?? (name === "HEAD" ? git.refs.get(`refs/heads/${repository.defaultBranch}`, version) : name);
  const commit = oid === undefined ? undefined : peelTag(git, oid);
  return commit !== undefined && git.commit(commit) !== undefined ? commit : undefined;
}

/**
 * A token without `workflows: write` may put a ref only on commits whose workflow files some branch has already:
 * so a GITHUB_TOKEN, which can never have it, cannot bring back old workflow files.
 */
function checkWorkflowRight({ repository, hand }: WriteScope, oid: string): void {
  if (hand.token === undefined || hand.token.permissions.workflows === "write") return;
  const workflowsAt = (commit: string): string | undefined => {
    const tree = repository.git.commit(commit)?.tree;
    return tree === undefined ? undefined : findEntry(repository.git, tree, ".github/workflows")?.oid;
  };
  const wanted = workflowsAt(oid);
  if (wanted === undefined) return;
  const main = repository.git.refs.get(`refs/heads/${repository.defaultBranch}`);
  if (main !== undefined && workflowsAt(main) === wanted) return;
  if (repository.git.refs.list("refs/heads/").some((branch) => workflowsAt(branch.oid) === wanted)) return;
  throw new GitHubRefusal("FORBIDDEN", "Resource not accessible by integration", {
    headers: { "x-accepted-github-permissions": "contents=write,workflows=write" },
  });
}

function checkName(name: string): void {
  if (!/^refs\/[^/]+\/./.test(name)) {
    throw unprocessable("Reference name must start with 'refs/' and contain at least one more slash");
  }
  const isBad = /\.\.|[\s~^:?*[\\]|@\{|\/\/|\/$|\.$|\.lock(?:\/|$)|\/\.|\p{Cc}/u.test(name);
  if (isBad) throw unprocessable(`${name} is not a valid ref name.`);
}

/** Git keeps refs like files: `a` and `a/b` cannot both exist. */
function hasFolderConflict({ git }: Repository, name: string): boolean {
  const parts = name.split("/");
  const parents = parts.slice(3).map((_, index) => parts.slice(0, index + 3).join("/"));
  return parents.some((parent) => git.refs.get(parent) !== undefined) || git.refs.hasBelow(`${name}/`);
}
