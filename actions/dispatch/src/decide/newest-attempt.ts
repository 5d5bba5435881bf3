import {
  type AttemptEnding,
  type AttemptOutcome,
  type ClaimFact,
  type EndingCause,
  type Groundwork,
  pickGroundwork,
} from "@patchpilot/incident";
import type { Claim } from "@patchpilot/ledger";
import { claimFactOf } from "./claims.ts";
import type { Settlement } from "./settle.ts";

/** The newest attempt, as its claim and its gate say. */
export type NewestAttempt = {
  /** 0 if nothing was ever claimed. */
  readonly attempt: number;
  readonly claim: ClaimFact | undefined;
  /** It belongs to the running episode; an outcome of an earlier one opens nothing, the new acceptance does. */
  readonly isCurrent: boolean;
  /** How it ended, once its gate is closed. */
  readonly outcome: AttemptOutcome | undefined;
  /** How it ended beside that. */
  readonly ending: AttemptEnding | undefined;
  readonly endingCause: EndingCause | undefined;
  /** As its gate names it. */
  readonly mergeCommit: string | undefined;
  /** What it built on, if it belongs to the running episode. */
  readonly ground: Groundwork;
};

export function judgeNewest(
  highest: Claim | undefined,
  episode: number,
  settlement: Settlement,
): NewestAttempt {
  const claim = claimFactOf(highest);
  const isCurrent = claim?.episode === episode;
  const settled = settlement.kind === "settled" ? settlement : undefined;
  return {
    attempt: highest?.attempt ?? 0,
    claim,
    isCurrent,
    outcome: settled?.outcome,
    ending: settled?.gate.ending,
    endingCause: settled?.gate.cause,
    mergeCommit: settled?.gate.mergeCommit,
    ground: claim !== undefined && isCurrent ? pickGroundwork(claim) : {},
  };
}
