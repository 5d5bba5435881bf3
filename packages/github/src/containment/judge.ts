import { compareCopies, listCandidates } from "./copies.ts";
import { type CommitEvidence, type FixCommit, targetCopy, targetFix } from "./evidence.ts";
import type { HistoryCommit } from "./history.ts";
import { findTaker, placeCommit, type Taker } from "./reverts.ts";

/** A commit as people find it, with its pull request and the branch that this was for, if there is one. */
export type FoundCommit = {
  readonly oid: string;
  readonly pull: number | null;
  readonly branch: string | null;
};

/** Whether a commit has a fix, and why, if not by its history alone. */
export type Holding = {
  /** undefined: its history is too long or not known, or somebody has to look at `suspect`. */
  readonly holds: boolean | undefined;
  /** The commit of its history that carries the fix under another name. */
  readonly pick?: FoundCommit;
  /** The commit that took the fix out again, and when it was committed, ISO 8601. */
  readonly revert?: FoundCommit & { readonly at: string };
  /** A commit that may be the fix under another name, or may have taken it out. */
  readonly suspect?: FoundCommit & { readonly as: "pick" | "revert" };
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
  if (isUntouched) return { holds: isWhole || undefined };
  const target = targetFix(fix, evidence);
  // A revert that is in sight says enough, even if the fix is too far back to be seen.
  const taker = isInHistory || !isWhole ? findTaker(target, head, evidence) : undefined;
  if (isInHistory && taker === undefined) return { holds: isWhole || undefined };
  const candidates = listCandidates(fix, target, head, since, evidence).filter(
    ({ commit }) => taker === undefined || placeCommit(commit, taker.commit, graph) !== "before",
  );
  const { copies, suspects, isOpen } = compareCopies(candidates, fix, evidence);
  const ends = copies.map((copy) => ({
    copy,
    end: findTaker(targetCopy(copy, target, evidence), head, evidence),
  }));
  const alive = ends.find(({ end }) => end === undefined)?.copy.commit;
  if (alive) return isWhole ? { holds: true, pick: nameCommit(alive, evidence) } : { holds: undefined };
  const [suspect] = suspects;
  if (suspect) return { holds: undefined, suspect: { ...nameCommit(suspect, evidence), as: "pick" } };
  return judgeFallen(taker ?? ends[0]?.end, isWhole && !isOpen, evidence);
}

function judgeFallen(taker: Taker | undefined, isKnown: boolean, evidence: CommitEvidence): Holding {
  if (taker === undefined) return { holds: isKnown ? false : undefined };
  const found = nameCommit(taker.commit, evidence);
  return taker.sure
    ? { holds: false, revert: { ...found, at: new Date(taker.commit.at).toISOString() } }
    : { holds: undefined, suspect: { ...found, as: "revert" } };
}

function nameCommit({ oid, message }: HistoryCommit, { pulls }: CommitEvidence): FoundCommit {
  const [pull] = pulls.get(oid) ?? [];
  const titled = /\(#(\d+)\)$/.exec(message.split("\n", 1)[0]?.trim() ?? "")?.[1];
  return {
    oid,
    pull: pull?.number ?? (titled === undefined ? null : Number(titled)),
    branch: pull?.branch ?? null,
  };
}
