import { makeIncident, storeRecord } from "@patchpilot/acceptance/testing";
import type {
  Account,
  Incident,
  IncidentRecord,
  IssueFacts,
  Records,
  RecoveryRecord,
} from "@patchpilot/incident";
import { closeRecord } from "@patchpilot/incident/testing";
import type { PossibleFix } from "../facts.ts";
import { body } from "./bodies.ts";

const SENTRY_BOT: Account = { type: "Bot", id: 39604003, login: "sentry" };
export const PERSON: Account = { type: "User", id: 7, login: "mallory" };

/** An open issue of Sentry's, unless the facts say otherwise. */
export const incident = (
  number: number,
  facts: Partial<IssueFacts> = {},
  records: Partial<Records> = {},
): Incident =>
  makeIncident(number, { author: SENTRY_BOT, body: body(number, `SHOP-${number}`), ...facts }, records);

function incidentData(issueId: string, data: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    phase: "accepted",
    phaseAt: "2026-11-01T00:00:00Z",
    key: `sentry:acme/${issueId}`,
    kind: "error",
    fingerprint: `fingerprint of ${issueId}`,
    title: "TypeError: x",
    severity: "medium",
    confidence: 0.9,
    episode: 1,
    acceptedAt: "2026-11-01T00:00:00Z",
    sentry: { organization: "acme", shortId: `SHOP-${issueId}`, issueId },
    suspectFiles: [],
    similar: [],
    basis: "service",
    ...data,
  };
}

/** An incident that was accepted for a Sentry issue. */
export function accepted(
  number: number,
  issueId: string,
  facts: Partial<IssueFacts> = {},
  data: Partial<IncidentRecord> = {},
  records: Partial<Records> = {},
): Incident {
  return incident(
    number,
    { body: body(Number(issueId), `SHOP-${issueId}`), ...facts },
    { incident: storeRecord(incidentData(issueId, data)), ...records },
  );
}

/** An incident that PatchPilot closed as recovered, with what it learnt. */
export function recovered(
  number: number,
  issueId: string,
  { lesson, numbers, closedAt = "2026-11-10T00:00:00Z" }: Partial<RecoveryRecord> = {},
): Incident {
  const recovery: RecoveryRecord = { ...closeRecord(closedAt), lesson, numbers };
  return accepted(
    number,
    issueId,
    { open: false, stateReason: "COMPLETED", closedAt },
    { phaseAt: closedAt, acceptedAt: closedAt },
    {
      recoveries: new Map([[1, storeRecord(recovery)]]),
    },
  );
}

/** An open pull request that may fix an issue. */
export const possibleFix = (parts: Partial<PossibleFix>): PossibleFix => ({
  number: 40,
  url: "https://github.com/acme/shop/pull/40",
  trusted: true,
  ours: false,
  title: "Fix cart",
  body: "",
  closes: [],
  ...parts,
});
