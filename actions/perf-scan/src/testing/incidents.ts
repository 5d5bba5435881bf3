import {
  foldIncident,
  type Incident,
  type IncidentRecord,
  type IssueFacts,
  NO_RECORDS,
  type Records,
  type RecoveryRecord,
} from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";

/** An issue with its records; without records it is none of ours yet. */
export function incident(
  number: number,
  facts: Partial<IssueFacts> = {},
  records: Partial<Records> = {},
): Incident {
  const issue: IssueFacts = {
    nodeId: `I_${number}`,
    number,
    title: "Slow",
    body: "",
    url: `https://github.com/acme/shop/issues/${number}`,
    open: true,
    stateReason: null,
    locked: false,
    createdAt: "2026-11-20T10:00:00Z",
    updatedAt: "2026-11-20T10:00:00Z",
    closedAt: null,
    closedBy: null,
    author: null,
    labels: [],
    commands: [],
    ...facts,
  };
  const none = { ...NO_RECORDS, rejected: [], duplicates: [] };
  return foldIncident(issue, { ...none, ...records });
}

/** Some other incident, of which only the time of its acceptance matters. */
export const acceptedAt = (at: string): Incident =>
  incident(
    1,
    {},
    { incident: stored({ phase: "accepted", phaseAt: at, acceptedAt: at } as IncidentRecord, "") },
  );

const stored = <T>(data: T, text: string) => ({
  data,
  seq: 1,
  commentId: "C_1",
  body: `${text}\n\n<!-- hidden -->`,
});

/** The incident as it stands after a change was written. */
export function afterChange(change: IncidentChange, facts: Partial<IssueFacts> = {}): Incident {
  const [write] = change.records;
  const before = change.incident;
  return incident(
    before.number,
    { ...before, open: true, labels: ["patchpilot", `patchpilot:${change.phase}`], ...facts },
    { ...before.records, ...(write ? { incident: stored(write.data as IncidentRecord, write.text) } : {}) },
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
  return incident(
    known.number,
    { ...known, open: false, stateReason: "COMPLETED", closedAt: at },
    { ...known.records, recoveries: new Map([[known.episode, stored(recovery, "### Recovered")]]) },
  );
}
