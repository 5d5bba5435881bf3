import type { Stored } from "@patchpilot/incident";
import { statusText } from "@patchpilot/status";
import { decodeData, findHiddenLine, type RecordWrite, recordText } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import { leaveIncident } from "./leave-incident.ts";

/** What shows the state of an incident: the record `incident` with its status, and whether it is written for that alone. */
type ShownStatus = { readonly write: RecordWrite; readonly isAlone: boolean };

/**
 * The record `incident` with the status that is true once a change is written. Undefined where the issue is no incident. Pure.
 */
export function showStatus(change: IncidentChange): ShownStatus | undefined {
  const stored = change.incident.records.incident;
  const own = change.records.find(({ kind }) => kind === "incident");
  const frozen = own?.text ?? (stored && recordText(stored.body));
  const data = own?.data ?? (stored && readData(stored));
  if (frozen === undefined || data === undefined) return undefined;
  const text = statusText(leaveIncident(change), frozen);
  return { write: { kind: "incident", text, data }, isAlone: own === undefined };
}

/** As the comment has it: what a newer version wrote into it must not be lost with its words. */
function readData({ body, data }: Stored<object>): object {
  const line = findHiddenLine(body);
  return (line !== undefined && "data" in line ? decodeData(line) : undefined) ?? data;
}
