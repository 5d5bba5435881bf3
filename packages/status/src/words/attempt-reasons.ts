import type { AttemptRecord } from "@patchpilot/incident";

/** Why an attempt waits, as its record says it: `publish` writes it first, and `dispatch` repeats it. */
export const ATTEMPT_REASONS = {
  review: "its pull request waits for review",
  plan: "approve the plan with the label patchpilot:go-ahead, or comment `/patchpilot amend` or `/patchpilot reject` with what is wrong with it",
  publish:
    "its tests show less than `require-proof` asks for; to publish it anyway, set the label `patchpilot:go-ahead` and run the failed job of its run again",
  unpublished: "its run published nothing, and says why",
} as const;

/** Why a pull request is left to people, although a reviewer asks for changes or its checks are red. */
export const reasonLeft = (attempt: AttemptRecord | undefined): string | undefined =>
  attempt?.phase === "proposed" && attempt.reason !== ATTEMPT_REASONS.review ? attempt.reason : undefined;
