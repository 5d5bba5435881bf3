import { addRecords, foldIncident, type Incident } from "@patchpilot/incident";
import type { IncidentChange } from "./incident-change.ts";

/** The incident as it will be once a change is written. Pure. */
export function leaveIncident({ incident, records, state }: IncidentChange): Incident {
  const written = records.map(({ kind, data }) => [kind, { data, seq: 0, commentId: "", body: "" }] as const);
  const open = state === undefined ? incident.open : state === "reopen";
  return foldIncident({ ...incident, open }, addRecords(incident.records, written));
}
