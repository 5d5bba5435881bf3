import { type CommitEvidence, type FixCommit, isNamed, type RevertTarget } from "./evidence.ts";
import type { HistoryCommit } from "./history.ts";
import { isSameChange } from "./patches.ts";
import { judgeGrip } from "./reverts.ts";

/**
 * A commit that may be a copy of a fix. `picked`: its message says that it was cherry-picked from it. `backport`: it
 * names its pull request. `alike`: it has its title, or was written with it and committed anew.
 */
export type CopyCandidate = {
  readonly commit: HistoryCommit;
  readonly kind: "picked" | "backport" | "alike";
};

/** The commits of a head that may be copies of a fix, those that say so first. Pure. */
export function listCandidates(
  fix: FixCommit,
  target: RevertTarget,
  head: string,
  since: number,
  { graph, says }: CommitEvidence,
): CopyCandidate[] {
  const title = says(fix).title;
  const found = [...graph.reach(head)].flatMap((oid): CopyCandidate[] => {
    const commit = graph.commits.get(oid);
    if (commit === undefined || commit.at < since) return [];
    const { revert, picks, backports, title: other } = says(commit);
    if (revert && judgeGrip({ commit, says: revert }, target, graph) !== "none") return [];
    if (picks.some((name) => isNamed(name, target))) return [{ commit, kind: "picked" }];
    if (fix.pull !== null && backports.includes(fix.pull)) return [{ commit, kind: "backport" }];
    const isRewritten = commit.authoredAt === fix.authoredAt && commit.at !== commit.authoredAt;
    return isRewritten || (title !== "" && other === title) ? [{ commit, kind: "alike" }] : [];
  });
  const ranks = ["picked", "backport", "alike"];
  const own = found.length === 0 ? new Set<string>() : graph.reach(fix.oid);
  return found
    .filter(({ commit }) => !own.has(commit.oid))
    .sort((a, b) => ranks.indexOf(a.kind) - ranks.indexOf(b.kind) || b.commit.at - a.commit.at);
}

/** A copy of a fix; of one that was picked in parts, the newest of them all. */
export type FixCopy = { readonly commit: HistoryCommit; readonly parts: readonly HistoryCommit[] };

export type CopyFindings = {
  readonly copies: readonly FixCopy[];
  /** What says that it is a copy, and changes something else or cannot be compared. */
  readonly suspects: readonly HistoryCommit[];
  /** Something that looks like a copy could not be compared. */
  readonly isOpen: boolean;
};

/**
 * What the patches say of candidates. A message alone proves nothing, for anybody writes it: a copy is what changes
 * the same lines, and where no message says so, has the same lines around them, too. Pure.
 */
export function compareCopies(
  candidates: readonly CopyCandidate[],
  fix: FixCommit,
  { patches }: CommitEvidence,
): CopyFindings {
  const original = patches.get(fix.oid);
  const isCopy = ({ commit, kind }: CopyCandidate): boolean => {
    const patch = patches.get(commit.oid);
    if (!patch || !original || !isSameChange([patch], original)) return false;
    return kind !== "alike" || patch.hunks === original.hunks;
  };
  const copies = candidates.filter(isCopy);
  const picked = candidates.filter(({ kind }) => kind === "picked");
  const patched = picked.flatMap(({ commit }) => patches.get(commit.oid) ?? []);
  const [newest, ...older] = picked.map(({ commit }) => commit);
  const isWhole = original && patched.length === picked.length && isSameChange(patched, original);
  if (copies.length === 0 && newest && isWhole) {
    return { copies: [{ commit: newest, parts: older }], suspects: [], isOpen: false };
  }
  const others = candidates.filter((each) => !copies.includes(each));
  return {
    copies: copies.map(({ commit }) => ({ commit, parts: [] })),
    suspects: others.filter(({ kind }) => kind !== "alike").map(({ commit }) => commit),
    isOpen: others.some(({ commit }) => !original || !patches.get(commit.oid)),
  };
}
