import { type CommitEvidence, type FixCommit, isNamed, type RevertTarget } from "./evidence.ts";
import type { HistoryCommit } from "./history.ts";
import { isSameChange } from "./patches.ts";
import { judgeGrip } from "./reverts.ts";

/**
 * A commit that may be a copy of a fix. `picked`: the message of one says that it was cherry-picked from the other. `part`:
 * it was picked from a commit of its pull request. `backport`: it names its pull request. `alike`: it has its title, or was
 * written with it and committed anew.
 */
export type CopyCandidate = {
  readonly commit: HistoryCommit;
  readonly kind: (typeof KINDS)[number];
};

const KINDS = ["picked", "part", "backport", "alike"] as const;

/** The commits of a head that may be copies of a fix, those that say so first. Pure. */
export function listCandidates(
  fix: FixCommit,
  target: RevertTarget,
  head: string,
  since: number,
  { graph, says }: CommitEvidence,
): CopyCandidate[] {
  const { title, picks: origins } = says(fix);
  const found = [...graph.reach(head)].flatMap((oid): CopyCandidate[] => {
    const commit = graph.commits.get(oid);
    if (commit === undefined || commit.at < since) return [];
    const { revert, picks, backports, title: other } = says(commit);
    if (revert && judgeGrip({ commit, says: revert }, target, graph) !== "none") return [];
    if (picks.some((name) => fix.oid.startsWith(name)) || origins.some((name) => oid.startsWith(name)))
      return [{ commit, kind: "picked" }];
    if (picks.some((name) => isNamed(name, target))) return [{ commit, kind: "part" }];
    if (fix.pull !== null && backports.includes(fix.pull)) return [{ commit, kind: "backport" }];
    const isRewritten = commit.authoredAt === fix.authoredAt && commit.at !== commit.authoredAt;
    return isRewritten || (title !== "" && other === title) ? [{ commit, kind: "alike" }] : [];
  });
  const own = found.length === 0 ? new Set<string>() : graph.reach(fix.oid);
  return found
    .filter(({ commit }) => !own.has(commit.oid))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.commit.at - a.commit.at);
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
 * What the patches say of candidates. A message alone proves nothing, for anybody may have written it. A cherry-pick that
 * had a conflict still changes some of the same lines; anything else is a copy if it changes the same and no other, and if
 * no message says so, has the same lines around them. Pure.
 */
export function compareCopies(
  candidates: readonly CopyCandidate[],
  fix: FixCommit,
  { patches }: CommitEvidence,
): CopyFindings {
  const original = patches.get(fix.oid);
  const isCopy = ({ commit, kind }: CopyCandidate): boolean => {
    const patch = patches.get(commit.oid);
    if (!patch || !original) return false;
    if (kind === "picked") return patch.changes.some((line) => original.changes.includes(line));
    return isSameChange([patch], original) && (kind !== "alike" || patch.hunks === original.hunks);
  };
  const copies = candidates.filter(isCopy);
  const parts = candidates.filter(({ kind }) => kind === "part");
  const patched = parts.flatMap(({ commit }) => patches.get(commit.oid) ?? []);
  const [newest, ...older] = parts.map(({ commit }) => commit);
  const isWhole = original && patched.length === parts.length && isSameChange(patched, original);
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
