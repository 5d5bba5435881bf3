import {
  foldIncident,
  type Incident,
  type IncidentRecord,
  type IssueFacts,
  NO_RECORDS,
  type Records,
  type Stored,
} from "@patchpilot/incident";
import { issueFacts } from "@patchpilot/incident/testing";
import type { IncidentChange } from "@patchpilot/ledger";

/** An open issue with its records; without records it is none of ours yet. */
export function makeIncident(
  number: number,
  facts: Partial<IssueFacts> = {},
  records: Partial<Records> = {},
): Incident {
  const issue = issueFacts({
    nodeId: `I_${number}`,
    number,
    title: "a title that nobody reads",
    body: "",
    url: `https://github.com/acme/shop/issues/${number}`,
    createdAt: "2026-11-20T10:00:00Z",
    updatedAt: "2026-11-20T10:00:00Z",
    author: null,
    labels: [],
    ...facts,
  });
  return foldIncident(issue, { ...NO_RECORDS, rejected: [], duplicates: [], ...records });
}

/** A record as its comment holds it. */
export const storeRecord = <T>(data: T, text = "### Incident accepted"): Stored<T> => ({
  data,
  seq: 1,
  commentId: "C_1",
  body: `${text}\n\n<!-- hidden -->`,
});

/** The record of an incident that a change writes, and its comment. */
export const writtenRecord = (change: IncidentChange | undefined): IncidentRecord =>
  change?.records[0]?.data as IncidentRecord;
export const writtenText = (change: IncidentChange | undefined): string => change?.records[0]?.text ?? "";
