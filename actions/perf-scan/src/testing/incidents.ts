import { makeIncident, storeRecord, writtenRecord, writtenText } from "@patchpilot/acceptance/testing";
import type { Incident, IncidentRecord, IssueFacts, RecoveryRecord } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";

/** Some other incident, of which only the time of its acceptance matters. */
export const acceptedAt = (at: string): Incident =>
  makeIncident(
    1,
    {},
    { incident: storeRecord({ phase: "accepted", phaseAt: at, acceptedAt: at } as IncidentRecord, "") },
  );

/** The incident as it stands after a change was written. */
export function afterChange(change: IncidentChange, facts: Partial<IssueFacts> = {}): Incident {
  const before = change.incident;
  return makeIncident(
    before.number,
    { ...before, open: true, labels: ["patchpilot", `patchpilot:${change.phase}`], ...facts },
    { ...before.records, incident: storeRecord(writtenRecord(change), writtenText(change)) },
  );
}

/** The same incident, closed as recovered. */
export function recoveredAt(known: Incident, at: string): Incident {
  const recovery: RecoveryRecord = {
    phase: "recovered",
    phaseAt: at,
    episode: known.episode,
    decision: "close",
    verdict: "recovered",
    decidedAt: at,
  };
  return makeIncident(
    known.number,
    { ...known, open: false, stateReason: "COMPLETED", closedAt: at },
    { ...known.records, recoveries: new Map([[known.episode, storeRecord(recovery, "### Recovered")]]) },
  );
}
