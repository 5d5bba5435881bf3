/** What an agent that changed nothing did instead: it asked people something, or it delivered a report. */
export const WORK_ENDINGS = ["asked", "reported"] as const;
export type WorkEnding = (typeof WORK_ENDINGS)[number];

/**
 * What ended a step without a patch. `agent` and `tests`: the attempt itself. The others are nobody's fault: `setup`,
 * what the project or the runner needs first; `limits`, a model that lets nobody in for now; `infrastructure`, an
 * outage, a full disk, a machine that was taken away.
 */
export const ENDING_CAUSES = ["agent", "tests", "setup", "limits", "infrastructure"] as const;
export type EndingCause = (typeof ENDING_CAUSES)[number];

/** Whether an attempt that ended so says nothing of the incident, and so uses up none. */
export const isNobodysFault = (cause: EndingCause | undefined): boolean =>
  cause === "setup" || cause === "limits" || cause === "infrastructure";

/**
 * How an attempt ended beside its outcome. `interrupted`: for a cause that is nobody's fault. `red-checks`: nobody asked
 * for changes, but CI did.
 */
export const ATTEMPT_ENDINGS = [...WORK_ENDINGS, "interrupted", "red-checks"] as const;
export type AttemptEnding = (typeof ATTEMPT_ENDINGS)[number];

/** Whether an attempt that ended so counts for `max-attempts`: a question and an accident use up none. */
export const usesUpAttempt = (ending: AttemptEnding | undefined): boolean =>
  ending !== "asked" && ending !== "interrupted";
