import { foldIncident, type Incident, type IssueFacts } from "../incident.ts";
import {
  addRecords,
  type LabelledRecords,
  NO_RECORDS,
  RECORD_TABLE,
  type Records,
  type Stored,
} from "../record-table.ts";
import type { AttemptRecord, IncidentRecord, RecoveryRecord } from "../records.ts";
import type { RepairResult } from "../repair-result.ts";
import type { WorkOrder } from "../work-order.ts";

/** When everything in these fixtures begins. */
export const START = "2026-11-21T09:00:00.000Z";

/** `START` and so many minutes, as records spell times. */
export const minutesAfter = (minutes: number): string =>
  new Date(Date.parse(START) + minutes * 60_000).toISOString();

/** The record with which an incident was closed as recovered. */
export const closeRecord = (closedAt: string): RecoveryRecord => ({
  phase: "recovered",
  phaseAt: closedAt,
  episode: 1,
  decision: "close",
  verdict: "recovered",
  decidedAt: closedAt,
  closedAt,
});

export const issueFacts = (changes: Partial<IssueFacts> = {}): IssueFacts => ({
  nodeId: "I_12",
  number: 12,
  title: "TypeError: cannot read total",
  body: "Sentry Issue",
  url: "https://github.com/acme/shop/issues/12",
  open: true,
  stateReason: null,
  locked: false,
  createdAt: START,
  updatedAt: START,
  closedAt: null,
  closedBy: null,
  author: { type: "Bot", id: 39604003, login: "sentry" },
  labels: ["patchpilot", "patchpilot:accepted"],
  commands: [],
  ...changes,
});

export const incidentRecord = (changes: Partial<IncidentRecord> = {}): IncidentRecord => ({
  phase: "accepted",
  phaseAt: START,
  key: "sentry:acme/1",
  kind: "error",
  fingerprint: "f1",
  title: "TypeError: cannot read total",
  severity: "high",
  confidence: 0.9,
  environment: "production",
  episode: 1,
  acceptedAt: START,
  suspectFiles: ["src/checkout.ts"],
  similar: [],
  ...changes,
});

export const attemptRecord = (changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
  phase: "working",
  phaseAt: minutesAfter(1),
  attempt: 1,
  episode: 1,
  key: "pp-4242-12-a1",
  cause: "acceptance/e1",
  agent: "claude-code",
  dispatchedAt: minutesAfter(1),
  losses: 0,
  ...changes,
});

export const recoveryRecord = (changes: Partial<RecoveryRecord> = {}): RecoveryRecord => ({
  phase: "verifying",
  phaseAt: minutesAfter(60),
  episode: 1,
  decision: "wait",
  verdict: "inconclusive",
  decidedAt: minutesAfter(60),
  ...changes,
});

const stored = <T>(data: T, name: string): Stored<T> => ({
  data,
  seq: 1,
  commentId: `IC_${name}`,
  body: `### ${name}\n\n<!-- hidden -->`,
});

/** Records by their labels, as plain data. */
type Written = {
  readonly [L in keyof LabelledRecords]?: LabelledRecords[L] extends ReadonlyMap<number, Stored<infer D>>
    ? readonly D[]
    : LabelledRecords[L] extends Stored<infer D> | undefined
      ? D | undefined
      : never;
};

/** Records of one issue; `incident: undefined` leaves even the first one out. */
export function recordsOf(data: Written = {}): Records {
  const written: Record<string, unknown> = { incident: incidentRecord(), ...data };
  const kept = Object.entries(RECORD_TABLE).flatMap(([name, { label, numbered }]) =>
    [written[label] ?? []].flat().map((each): [string, Stored<unknown>] => {
      const kind = numbered ? `${name}/${(each as Record<string, unknown>)[numbered]}` : name;
      return [kind, stored(each, kind)];
    }),
  );
  return { ...addRecords(NO_RECORDS, kept), rejected: [], duplicates: [] };
}

/** An incident as the fold would give it. */
export const incidentOf = (
  data: Parameters<typeof recordsOf>[0] = {},
  issue: Partial<IssueFacts> = {},
): Incident => foldIncident(issueFacts(issue), recordsOf(data));

/** A whole work order of attempt 1 of issue 12. */
export const workOrderOf = (changes: Partial<WorkOrder> = {}): WorkOrder => ({
  v: 1,
  key: "pp-4242-12-a1",
  repository: "acme/shop",
  repositoryId: 4242,
  issue: 12,
  url: "https://github.com/acme/shop/issues/12",
  attempt: 1,
  agent: "claude-code",
  autonomy: "draft-pr",
  incident: {
    key: "sentry:acme/1",
    kind: "error",
    title: "TypeError: cannot read total",
    severity: "high",
    confidence: 0.9,
  },
  evidence: "TypeError in src/checkout.ts, line 7",
  suspectFiles: ["src/checkout.ts"],
  similarIncidents: [],
  previousAttempts: [],
  ...changes,
});

/** What a step left that made a patch and told nothing of itself. */
export const makeRepairResult = (changes: Partial<RepairResult> = {}): RepairResult => ({
  v: 1,
  step: "work",
  result: "patch",
  reason: "",
  baseSha: "b".repeat(40),
  summary: "",
  checks: [],
  calls: [],
  turns: null,
  costUsd: null,
  changesTests: [],
  notes: [],
  seconds: 1,
  ...changes,
});
