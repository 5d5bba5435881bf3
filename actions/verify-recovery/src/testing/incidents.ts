import {
  foldIncident,
  type Incident,
  type IncidentRecord,
  NO_RECORDS,
  type Records,
  type Stored,
} from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";

/** When the incidents of these tests are accepted. */
export const ACCEPTED = "2026-11-19T12:00:00.000Z";

/** An instant so many hours after the acceptance. */
export const hoursLater = (hours: number): string =>
  new Date(Date.parse(ACCEPTED) + hours * HOUR).toISOString();

const stored = <T>(data: T): Stored<T> => ({ data, seq: 1, commentId: "IC_1", body: "" });

const RECORD: IncidentRecord = {
  phase: "accepted",
  phaseAt: ACCEPTED,
  key: "sentry:acme/1012",
  kind: "error",
  fingerprint: "f12",
  title: "TypeError: cart is undefined",
  severity: "high",
  confidence: 0.9,
  episode: 1,
  acceptedAt: ACCEPTED,
  suspectFiles: [],
  similar: [],
};

/** Issue 12 with its records, folded as the ledger does. */
export function anIncident(
  records: {
    readonly incident?: Partial<IncidentRecord>;
    readonly attempts?: readonly object[];
    readonly recoveries?: readonly object[];
  } = {},
  issue: {
    readonly open?: boolean;
    readonly closedAt?: string;
    readonly reopenedAt?: string;
    readonly labels?: readonly string[];
  } = {},
): Incident {
  const numbered = (name: string, list: readonly object[] = []) =>
    new Map(list.map((data) => [(data as Record<string, number>)[name], stored(data)]));
  return foldIncident(
    {
      nodeId: "I_12",
      number: 12,
      title: "TypeError",
      body: "",
      url: "https://github.com/acme/shop/issues/12",
      open: true,
      stateReason: null,
      locked: false,
      createdAt: ACCEPTED,
      updatedAt: ACCEPTED,
      closedAt: null,
      closedBy: null,
      author: null,
      labels: [],
      commands: [],
      ...issue,
    },
    {
      ...NO_RECORDS,
      incident: stored({ ...RECORD, ...records.incident }),
      attempts: numbered("attempt", records.attempts),
      recoveries: numbered("episode", records.recoveries),
      rejected: [],
      duplicates: [],
    } as Records,
  );
}
