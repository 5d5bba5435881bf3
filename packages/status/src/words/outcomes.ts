import type { AttemptEnding, AttemptOutcome } from "@patchpilot/incident";

/** How an attempt ended, as the end of a sentence that begins with its name. */
const OUTCOMES: Readonly<Record<AttemptOutcome | AttemptEnding, string>> = {
  merged: "was merged",
  failing: "was merged and did not help",
  declined: "was closed without a merge",
  failed: "failed",
  "no-change": "changed nothing",
  lost: "did not start",
  replaced: "was replaced by another one",
  planned: "wrote a plan",
  "changes-requested": "was sent back by a reviewer",
  "red-checks": "was sent back because checks went red",
  asked: "asked a question",
  reported: "delivered a report",
  interrupted: "was interrupted",
};

/** Outcome or ending in words; of a word that this version does not know, that it is over. */
export const nameOutcome = (outcome: string): string =>
  Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome as AttemptOutcome] : "has ended";
