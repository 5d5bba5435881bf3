import type { CheckName, VerifyVerdict } from "../../facts.ts";
import { halt, type VerifyAnswer, type VerifyFinding } from "../answer.ts";

type Words = Pick<VerifyFinding, "reason" | "follows" | "next" | "odds">;

/** What follows a return. */
export const REOPENED = "Reopened; another attempt follows.";

/** Nothing is to be said of a closed incident. */
export const saysNothing = (name: CheckName, detail: string): VerifyAnswer =>
  halt(
    { name, state: "skipped", detail },
    {
      decision: "skip",
      verdict: "recovered",
      reason: `Closed; ${detail}.`,
      next: null,
      eta: null,
    },
  );

/** The close was right so far. */
export const isStillAway = (name: CheckName, detail: string, words: Words): VerifyAnswer =>
  halt(
    { name, state: "yes", detail },
    { ...words, decision: "confirm", verdict: "recovered", eta: null, answersLook: true },
  );

/** @param answersLook false: a later run may be able to tell, so the look stays due */
export const cannotTell = (
  name: CheckName,
  detail: string,
  words: Words,
  { answersLook = true, verdict = "unknown" }: { answersLook?: boolean; verdict?: VerifyVerdict } = {},
): VerifyAnswer =>
  halt({ name, state: "unknown", detail }, { ...words, decision: "doubt", verdict, eta: null, answersLook });

/** `not-deployed`: production lost the fix, so nothing is shown about the fix itself. */
export const isBack = (
  name: CheckName,
  detail: string,
  words: Words,
  verdict: "failing" | "not-deployed",
): VerifyAnswer => halt({ name, state: "no", detail }, { ...words, decision: "reopen", verdict, eta: null });
