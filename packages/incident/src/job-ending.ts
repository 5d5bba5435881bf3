import type { EndingCause } from "./endings.ts";

/** Why a job of the repair workflow ended without what it is for. */
export type JobEnding = {
  /** A sentence for people: clean, on one line, without secrets. */
  readonly reason: string;
  readonly cause?: EndingCause | undefined;
};

/** The file that holds it, in `patchpilot` below the job's temporary folder. */
export const JOB_ENDING_FILE = "ending.json";

/** The file's text, in the form of result.json, by which it is read. Pure. */
export const jobEndingText = (key: string, { reason, cause }: JobEnding): string =>
  `${JSON.stringify({ v: 1, key, reason, ...(cause === undefined ? {} : { cause }) })}\n`;

/** What a service that cannot answer now fails with, as `http` names it. */
const OUTAGES: readonly string[] = [
  ...["timeout", "network", "ambiguous", "rate-limited"],
  ...["server", "unreadable", "budget"],
];

/**
 * What a job that runs no agent and no test is owed to if it throws: an outage, or else how the repository and the
 * workflow are set up. Pure.
 */
export function findJobCause(error: unknown): EndingCause {
  const failed = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const kind = failed instanceof Error && "kind" in failed ? String(failed.kind) : "";
  return OUTAGES.includes(kind) ? "infrastructure" : "setup";
}
