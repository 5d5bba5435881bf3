import {
  addSightings,
  type IncidentRecord,
  isRiseDue,
  type Sightings,
  type Stored,
} from "@patchpilot/incident";
import { statusText } from "@patchpilot/status";
import { decodeData, findHiddenLine, type RecordWrite, recordText, showsText } from "./hidden-line.ts";
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
  const isAlone = own === undefined;
  const asCounted = statusText(leaveIncident({ ...change, seen: undefined }), frozen);
  const { seen } = change;
  if (!isAlone || stored === undefined || seen === undefined || !isCountDue(stored, seen, asCounted))
    return { write: { kind: "incident", text: asCounted, data }, isAlone };
  const recounted = { ...data, seen: addSightings(stored.data.seen, seen) };
  return {
    write: { kind: "incident", text: statusText(leaveIncident(change), frozen), data: recounted },
    isAlone,
  };
}

/** A newer count is written if the status is written anyway, and alone once an hour at most. */
const isCountDue = ({ body, data }: Stored<IncidentRecord>, seen: Sightings, text: string): boolean =>
  isRiseDue(data.seen, seen) || !showsText(body, text);

/** As the comment has it: what a newer version wrote into it must not be lost with its words. */
function readData({ body, data }: Stored<object>): object {
  const line = findHiddenLine(body);
  return (line !== undefined && "data" in line ? decodeData(line) : undefined) ?? data;
}
