import { type Incident, readAccepted } from "@patchpilot/incident";

/**
 * Whether an incident was left to people for its severity alone, which its impact has raised since: then the rules look
 * at it as if it had just been accepted. Pure.
 */
export function isSevereNow({ records, phase, episode }: Incident): boolean {
  const { dispatch, incident } = records;
  if (phase !== "needs-human" || dispatch?.data.reason.startsWith("below-severity:") !== true) return false;
  return readAccepted(records, episode)?.severity !== incident?.data.severity;
}
