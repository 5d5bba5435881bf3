import { compareCopies, listCandidates } from "./copies.ts";
import { type Evidence, type FixCommit, targetCopy, targetFix } from "./evidence.ts";
import type { HistoryCommit } from "./history.ts";
import { findTaker, placeCommit, type Taker } from "./reverts.ts";

/** A commit as people find it: by its name, its pull request and the branch that this was for, if it has one. */
export type FoundCommit = {
  readonly sha: string;
  readonly pull: number | null;
  readonly branch: string | null;
};

/**
 * Whether a commit holds a fix. `held`: by its history, or by a copy in it. `reverted`: it held it. `unknown`: its
 * history is too long, or not known, or somebody has to look at a commit in it.
 */
export type Holding =
  | { readonly state: "held"; readonly copy?: FoundCommit }
  | { readonly state: "missing" }
  | { readonly state: "reverted"; readonly by: FoundCommit }
  | {
      readonly state: "unknown";
      readonly suspected?: { readonly as: "copy" | "revert"; readonly commit: FoundCommit };
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
  evidence: Evidence,
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
  if (alive) return isWhole ? { state: "held", copy: nameCommit(alive, evidence) } : { state: "unknown" };
  const [suspect] = suspects;
  if (suspect) return suspectCommit("copy", suspect, evidence);
  return judgeFallen(taker ?? ends[0]?.end, isWhole && !isOpen, evidence);
}

function judgeFallen(taker: Taker | undefined, isKnown: boolean, evidence: Evidence): Holding {
  if (taker === undefined) return isKnown ? { state: "missing" } : { state: "unknown" };
  return taker.sure
    ? { state: "reverted", by: nameCommit(taker.commit, evidence) }
    : suspectCommit("revert", taker.commit, evidence);
}

const suspectCommit = (as: "copy" | "revert", commit: HistoryCommit, evidence: Evidence): Holding => ({
  state: "unknown",
  suspected: { as, commit: nameCommit(commit, evidence) },
});

function nameCommit({ oid, message }: HistoryCommit, { pulls }: Evidence): FoundCommit {
  const [pull] = pulls.get(oid) ?? [];
  const titled = /\(#(\d+)\)$/.exec(message.split("\n", 1)[0]?.trim() ?? "")?.[1];
  return {
    sha: oid,
    pull: pull?.number ?? (titled === undefined ? null : Number(titled)),
    branch: pull?.branch ?? null,
  };
}
