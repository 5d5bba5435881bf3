import { cleanText } from "@patchpilot/evidence";
import { findJobCause, JOB_ENDING_FILE, type JobEnding, jobEndingText } from "@patchpilot/incident";
import type { ProposeEnding } from "../facts.ts";
import type { ProposePorts } from "../ports.ts";

/** Verdicts that leave something on GitHub, or were asked to leave nothing. */
const SPEAKING: readonly ProposeEnding["verdict"][] = ["proposed", "exists", "planned"];

/**
 * Publishes, and leaves the reason where nothing is published: `dispatch` puts it on the issue. A failure does as well,
 * before it ends the run.
 */
export async function sayWhyNot(
  key: string,
  ports: ProposePorts,
  propose: () => Promise<ProposeEnding>,
): Promise<ProposeEnding> {
  const leave = (ending: JobEnding) => leaveEnding(key, ending, ports);
  const ending = await propose().catch(async (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    await leave({ reason: `Nothing is published: ${reason} ${KEPT}`, cause: findJobCause(error) });
    throw error;
  });
  const { verdict, reasons, cause } = ending;
  if (!SPEAKING.includes(verdict))
    await leave({ reason: `Nothing is published (${verdict}): ${reasons.join(" ")}`, cause });
  return ending;
}

const KEPT = "The patch is kept: once that is corrected, run the failed job again.";

async function leaveEnding(key: string, { reason, cause }: JobEnding, ports: ProposePorts): Promise<void> {
  const { text } = cleanText(reason, { maxLength: 2_000, secrets: ports.secrets, singleLine: true });
  await ports.writeFile(JOB_ENDING_FILE, jobEndingText(key, { reason: text, cause }));
}
