import {
  type CommitEvidence,
  isNamed,
  type RevertCommit,
  type RevertTarget,
  targetCommit,
} from "./evidence.ts";
import type { CommitGraph } from "./graph.ts";
import type { HistoryCommit } from "./history.ts";
import { isTitled } from "./messages.ts";

/** A commit that takes something out. Not sure: it names no more than a title, or stands beside what it would take out. */
export type Taker = { readonly commit: HistoryCommit; readonly sure: boolean };

/** Where one commit stands in the history of another, as far as that is known. */
export function placeCommit(
  one: HistoryCommit,
  other: HistoryCommit,
  { reach }: CommitGraph,
): "before" | "after" | "beside" {
  if (reach(other.oid).has(one.oid)) return "before";
  return reach(one.oid).has(other.oid) ? "after" : "beside";
}

/**
 * What took something out of the history of a head and was not itself taken back. Pure.
 * @param taken what is being asked about already: reverts that name each other's pull requests end nowhere
 */
export function findTaker(
  target: RevertTarget,
  head: string,
  evidence: CommitEvidence,
  taken: readonly string[] = [],
): Taker | undefined {
  const { graph } = evidence;
  const isLinked = graph.reach(head).has(target.commit.oid);
  const takers = evidence.revertsIn(head).flatMap(({ commit, says }): Taker[] => {
    const grip = judgeGrip({ commit, says }, target, graph);
    const place = placeCommit(commit, target.commit, graph);
    if (grip === "none" || place === "before" || taken.includes(commit.oid)) return [];
    const back = findTaker(targetCommit(commit, evidence), head, evidence, [...taken, commit.oid]);
    if (back?.sure) return [];
    return [{ commit, sure: grip === "sure" && !back && (place === "after" || !isLinked) }];
  });
  return takers.find(({ sure }) => sure) ?? takers[0];
}

/** Does a revert take this out? A revert of a merge takes out what the merge brought. */
export function judgeGrip(
  { says }: RevertCommit,
  target: RevertTarget,
  graph: CommitGraph,
): "sure" | "perhaps" | "none" {
  const isByCommit = says.commits.some((name) => {
    if (isNamed(name, target)) return true;
    const merge = graph.find(name);
    if (merge === undefined || merge.parents.length < 2) return false;
    const kept = merge.parents.find((parent) => says.kept !== undefined && parent.startsWith(says.kept));
    return graph.broughtBy(merge, kept).has(target.commit.oid);
  });
  if (isByCommit || says.pulls.some((number) => target.pulls.includes(number))) return "sure";
  const { title } = says;
  return title !== undefined && target.title !== undefined && isTitled(title, target.title)
    ? "perhaps"
    : "none";
}
