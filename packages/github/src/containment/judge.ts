import { compareCopies, listCandidates } from "./copies.ts";
import { type CommitEvidence, type FixCommit, targetCopy, targetFix } from "./evidence.ts";
import type { HistoryCommit } from "./history.ts";
import { findTaker, placeCommit, type Taker } from "./reverts.ts";

/** A commit as people find it: by its name, its pull request and the branch that this was for, if it has one. */
export type FoundCommit = {
  readonly sha: string;
  readonly pull: number | null;
  readonly branch: string | null;
};

/**
 * Whether a commit holds a fix. `held`: by its history, or by the copy in it that `by` names. `reverted`: by that commit.
 * `perhaps…`: somebody has to look at that commit. `unknown`: its history is too long, or is not known.
 */
export type Holding = {
  readonly state: "held" | "missing" | "reverted" | "perhaps-held" | "perhaps-reverted" | "unknown";
  readonly by?: FoundCommit;
};

/** Clocks of those who commit may differ by this, in milliseconds. */
export const CLOCK_SKEW = 86_400_000;

/**
 * Whether a head holds a fix. Messages are data that anybody writes: a revert counts at its word, for it can only hold
 * a close up; a copy counts by its patch. Pure.
 * @param isInHistory the fix itself is in the history of the head
 */
export function judgeHolding(
  fix: FixCommit,
  head: string,
  isInHistory: boolean,
  evidence: CommitEvidence,
): Holding {
  const { graph } = evidence;
  const since = fix.at - CLOCK_SKEW;
  const isWhole = graph.wholeSince(head) < since && !evidence.isCut;
  const isUntouched = isInHistory && evidence.revertsIn(head).length === 0;
  if (isUntouched) return isWhole ? { state: "held" } : { state: "unknown" };
  const target = targetFix(fix, evidence);
  // A revert that is in sight says enough, even if the fix is too far back to be seen.
  const taker = isInHistory || !isWhole ? findTaker(target, head, evidence) : undefined;
  if (isInHistory && taker === undefined) return isWhole ? { state: "held" } : { state: "unknown" };
  const candidates = listCandidates(fix, target, head, since, evidence).filter(
    ({ commit }) => taker === undefined || placeCommit(commit, taker.commit, graph) !== "before",
  );
  const { copies, suspects, isOpen } = compareCopies(candidates, fix, evidence);
  const ends = copies.map((copy) => ({
    copy,
    end: findTaker(targetCopy(copy, target, evidence), head, evidence),
  }));
  const alive = ends.find(({ end }) => end === undefined)?.copy.commit;
  if (alive) return isWhole ? { state: "held", by: nameCommit(alive, evidence) } : { state: "unknown" };
  const [suspect] = suspects;
  if (suspect) return { state: "perhaps-held", by: nameCommit(suspect, evidence) };
  return judgeFallen(taker ?? ends[0]?.end, isWhole && !isOpen, evidence);
}

function judgeFallen(taker: Taker | undefined, isKnown: boolean, evidence: CommitEvidence): Holding {
  if (taker === undefined) return isKnown ? { state: "missing" } : { state: "unknown" };
  return {
    state: taker.sure ? "reverted" : "perhaps-reverted",
    by: nameCommit(taker.commit, evidence),
  };
}

function nameCommit({ oid, message }: HistoryCommit, { pulls }: CommitEvidence): FoundCommit {
  const [pull] = pulls.get(oid) ?? [];
  const titled = /\(#(\d+)\)$/.exec(message.split("\n", 1)[0]?.trim() ?? "")?.[1];
  return {
    sha: oid,
    pull: pull?.number ?? (titled === undefined ? null : Number(titled)),
    branch: pull?.branch ?? null,
  };
}
