import { DAY, WEEK } from "@patchpilot/time";
import { type Close, type DueLook, LOOKS, type VerifyFacts } from "../../facts.ts";
import { halt, OPEN, type VerifyAnswer, type VerifyFinding } from "../answer.ts";
import { assessErrors } from "./decide.ts";
import { describeCounts, describeProof } from "./words.ts";

const AFTER_MS: { readonly [Name in DueLook]: number } = { "24h": DAY, "7d": WEEK };

/** The looks that are due: after 24 h and after 7 days. */
export function dueLooks({ at, looks }: Close, now: number): DueLook[] {
  return LOOKS.filter((look) => !looks.includes(look) && now >= at + AFTER_MS[look]);
}

/** Was the close right? Counts from the close on, so that the quiet before it cannot hide what came after. */
export function askLook(facts: VerifyFacts, close: Close, now: number): VerifyAnswer {
  const { errors } = facts;
  const skipped = { name: "errors", state: "skipped", detail: "no look is due" } as const;
  if (dueLooks(close, now).length === 0) return halt(skipped, nothing("Closed; no look is due."));
  if (errors === undefined) return OPEN;
  if (errors.state === "unknown") {
    return halt({ name: "errors", state: "unknown", detail: errors.detail }, nothing(errors.detail));
  }
  if (errors.source !== "clock" && errors.summary.c === 0 && errors.summary.E === 0) {
    const detail = "there has been no traffic since the close, so that no errors means nothing";
    return halt({ name: "errors", state: "unknown", detail }, nothing(`Closed; ${detail}.`));
  }
  const assessment = assessErrors(errors, facts);
  const counts = describeCounts(assessment.numbers, errors.source).replace(
    "since the deploy",
    "since the close",
  );
  if (assessment.verdict === "failing") {
    return halt(
      { name: "errors", state: "no", detail: counts },
      {
        decision: "reopen",
        verdict: "failing",
        reason: `The errors are back: ${counts} (${describeProof(assessment.numbers.logF)}).`,
        next: "A new episode begins; dispatch opens the next attempt.",
        eta: null,
      },
    );
  }
  return halt(
    { name: "errors", state: "yes", detail: counts },
    {
      decision: "confirm",
      verdict: "recovered",
      reason: `Still recovered: ${counts}.`,
      next: "Sentry's next regression would reopen it.",
      eta: null,
    },
  );
}

/** What a look finds nothing to do about. */
export function nothing(reason: string): VerifyFinding {
  return {
    decision: "skip",
    verdict: "recovered",
    reason,
    next: "The next look follows by itself.",
    eta: null,
  };
}
