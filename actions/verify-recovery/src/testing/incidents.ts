import type { Incident, IncidentRecord, IssueFacts } from "@patchpilot/incident";
import { incidentOf, incidentRecord, minutesAfter, START } from "@patchpilot/incident/testing";

/** When the incidents of these tests are accepted. */
export const ACCEPTED = START;

/** An instant so many hours after the acceptance. */
export const hoursLater = (hours: number): string => minutesAfter(60 * hours);

/** Issue 12 with its records, folded as the ledger does. */
export const anIncident = (
  records: {
    readonly incident?: Partial<IncidentRecord>;
    readonly attempts?: readonly object[];
    readonly recoveries?: readonly object[];
  } = {},
  issue: Partial<IssueFacts> = {},
): Incident =>
  incidentOf(
    { ...records, incident: incidentRecord(records.incident) } as Parameters<typeof incidentOf>[0],
    issue,
  );
