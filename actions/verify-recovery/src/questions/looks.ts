import { DAY, WEEK } from "@patchpilot/time";
import { type CheckName, type Close, type DueLook, LOOKS } from "../facts.ts";
import { halt, type VerifyAnswer, type VerifyFinding } from "./answer.ts";

const AFTER: { readonly [Name in DueLook]: number } = { "24h": DAY, "7d": WEEK };

/** The looks that are due: after 24 h and after 7 days. */
export function findDueLooks({ at, looks }: Close, now: number): DueLook[] {
  return LOOKS.filter((look) => !looks.includes(look) && now >= at + AFTER[look]);
}

/** No look is due. */
export const skipLook = (name: CheckName): VerifyAnswer =>
  halt({ name, state: "skipped", detail: "no look is due" }, keepClosed("Closed; no look is due."));

/** The look cannot be taken now; it stays due. */
export const postponeLook = (name: CheckName, detail: string, reason: string): VerifyAnswer =>
  halt({ name, state: "unknown", detail }, keepClosed(reason));

/** The close was wrong. */
export const reopenCase = (name: CheckName, detail: string, reason: string): VerifyAnswer =>
  halt(
    { name, state: "no", detail },
    {
      decision: "reopen",
      verdict: "failing",
      reason,
      next: "A new episode begins; dispatch opens the next attempt.",
      eta: null,
    },
  );

/** The close was right. @param next what would show the opposite later */
export const confirmClose = (name: CheckName, detail: string, reason: string, next: string): VerifyAnswer =>
  halt(
    { name, state: "yes", detail },
    { decision: "confirm", verdict: "recovered", reason, next, eta: null },
  );

const keepClosed = (reason: string): VerifyFinding => ({
  decision: "skip",
  verdict: "recovered",
  reason,
  next: "The next look follows by itself.",
  eta: null,
});
