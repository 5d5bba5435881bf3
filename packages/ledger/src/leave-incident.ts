import { addRecords, addSightings, foldIncident, type Incident, type Records } from "@patchpilot/incident";
import type { IncidentChange } from "./incident-change.ts";

/** The incident as it will be once a change is written. Pure. */
export function leaveIncident({ incident, records, state, seen }: IncidentChange): Incident {
  const written = records.map(({ kind, data }) => [kind, { data, seq: 0, commentId: "", body: "" }] as const);
  const open = state === undefined ? incident.open : state === "reopen";
  return foldIncident({ ...incident, open }, addRecords(count(incident.records, seen), written));
}

/** Who accepts an incident anew counts anew, so its own record comes later. */
function count(records: Records, seen: IncidentChange["seen"]): Records {
  const { incident } = records;
  if (incident === undefined || seen === undefined) return records;
  return {
    ...records,
    incident: { ...incident, data: { ...incident.data, seen: addSightings(incident.data.seen, seen) } },
  };
}
