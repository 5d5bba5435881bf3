import type { GitStore } from "./git-store.ts";
import type { CommitObject } from "./objects.ts";

export type NamedCommit = CommitObject & { readonly oid: string };

/** Whether `ancestor` is reachable from `oid`; a commit is its own ancestor. */
export function isAncestor(git: GitStore, ancestor: string, oid: string): boolean {
  return reachable(git, oid, (seen) => seen === ancestor).has(ancestor);
}

/** Every commit reachable from `oid`, itself included, until `stop` says that enough was seen. */
export function reachable(git: GitStore, oid: string, stop?: (oid: string) => boolean): Set<string> {
  const seen = new Set<string>();
  const waiting = [oid];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (stop?.(next) === true) break;
    waiting.push(...(git.commit(next)?.parents ?? []));
  }
  return seen;
}

/** Commits reachable from `oid`, newest first; a parent never comes before its child. */
export function listCommits(git: GitStore, oid: string, without?: ReadonlySet<string>): NamedCommit[] {
  const listed = [...reachable(git, oid, undefined)].filter((seen) => without?.has(seen) !== true);
  const commits = new Map(listed.map((seen) => [seen, namedCommit(git, seen)]));
  const children = new Map<string, number>();
  for (const commit of commits.values()) {
    for (const parent of commit.parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  const ready = [...commits.values()].filter((commit) => (children.get(commit.oid) ?? 0) === 0);
  const ordered: NamedCommit[] = [];
  while (ready.length > 0) {
    ready.sort((left, right) => right.committer.seconds - left.committer.seconds);
    const commit = ready.shift() as NamedCommit;
    ordered.push(commit);
    for (const parent of commit.parents) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      const found = commits.get(parent);
      if (left === 0 && found !== undefined) ready.push(found);
    }
  }
  return ordered;
}

/** The best common ancestor of two commits, or undefined where they share no history. */
export function mergeBase(git: GitStore, left: string, right: string): string | undefined {
  const ofLeft = reachable(git, left);
  return listCommits(git, right).find((commit) => ofLeft.has(commit.oid))?.oid;
}

export function namedCommit(git: GitStore, oid: string): NamedCommit {
  const commit = git.commit(oid);
  if (commit === undefined) throw new Error(`The repository has no commit ${oid}.`);
  return { ...commit, oid };
}

/** What a tag object leads to in the end; any other object leads to itself. */
export function peelTag(git: GitStore, oid: string): string {
  const tag = git.tag(oid);
  return tag === undefined ? oid : peelTag(git, tag.object.oid);
}
