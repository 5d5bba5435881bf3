import fs from "node:fs";
import type { Environment, Line, Outcome } from "./contract.ts";
import { linkIssues } from "./link-issues.ts";
import { firstTimeInJob } from "./said-in-job.ts";

export type ReportContext = {
  /** What the report must keep out of logs and summaries. */
  readonly secrets: readonly string[];
  /** The job, in which each sentence is an annotation once; absent: it is not known yet. */
  readonly job?: Pick<Environment, "temporaryFolder" | "runId" | "runAttempt" | "serverUrl" | "repository">;
};

// Written by its number: opening the stream takes milliseconds that the first request need not wait for.
const STDOUT = 1;

/** Bytes; GitHub refuses a summary above 1 MiB. */
const SUMMARY_LIMIT = 1_000_000;

// @actions/core brings an HTTP client that no action needs before its first request, so it is loaded late.
const loadCore = () => import("@actions/core");

/**
 * Loads what the report needs. An action that runs somebody else's programs calls this before them: they could write to
 * the file that it would be loaded from afterwards, into a process that holds the job's secrets.
 */
export const loadReport = async (): Promise<void> => {
  await loadCore();
};

/** Tells the runner to hide the values; written directly because it comes before everything else. */
export function maskSecrets(secrets: readonly string[]): void {
  for (const secret of secrets)
    for (const part of secret.split(/\r?\n/).filter((line) => line.trim() !== ""))
      fs.writeSync(STDOUT, `::add-mask::${part.replace(/%/g, "%25")}\n`);
}

/** Writes outputs, then log lines, then the step summary; a failure comes last, so that it loses nothing. */
export async function reportOutcome(outcome: Outcome, report: ReportContext): Promise<void> {
  const core = await loadCore();
  for (const [name, value] of Object.entries(outcome.outputs))
    core.setOutput(name, typeof value === "string" ? value : JSON.stringify(value));
  for (const line of outcome.lines) writeLine(core, line, report);
  if (process.env["GITHUB_STEP_SUMMARY"] && outcome.summary !== "")
    await core.summary
      .addRaw(firstBytes(clean(link(outcome.summary, report), report), SUMMARY_LIMIT), true)
      .write();
  if (outcome.failure !== undefined) core.setFailed(clean(outcome.failure, report));
}

/** Fails the job with one sentence; the stack only where the runner's debug log is on. */
export async function reportFailure(error: unknown, report: ReportContext): Promise<void> {
  const core = await loadCore();
  const message = error instanceof Error ? error.message : String(error);
  core.setFailed(clean(message, report));
  if (error instanceof Error && error.stack && core.isDebug()) core.debug(clean(error.stack, report));
}

function writeLine(core: Awaited<ReturnType<typeof loadCore>>, line: Line, report: ReportContext): void {
  const text = clean(line.text, report);
  const isRepeated =
    (line.level === "warning" || line.level === "notice") &&
    report.job !== undefined &&
    !firstTimeInJob(text, report.job);
  if (line.level === "info" || isRepeated) core.info(inert(text));
  else core[line.level](text);
}

/**
 * The runner obeys a line that begins with `::`, after any white space, and `##[…]` anywhere in a line.
 * Source: actions/runner, ActionCommand.cs, TryParseV2 and TryParse.
 */
const inert = (text: string): string =>
  text.replace(/^([\s\u0085]*):(?=:)/gm, "$1: ").replace(/##\[/g, "# #[");

const link = (summary: string, { job }: ReportContext): string =>
  job === undefined ? summary : linkIssues(summary, job);

function firstBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= limit ? text : new TextDecoder().decode(bytes.subarray(0, limit), { stream: true });
}

// The runner masks the log; the step summary is a file that it masks less reliably.
function clean(text: string, report: ReportContext): string {
  // The longest first: one secret may be the beginning of another.
  const secrets = [...report.secrets].sort((a, b) => b.length - a.length);
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}
