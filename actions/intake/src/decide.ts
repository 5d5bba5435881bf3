import { createHash } from "node:crypto";
import { hashEvidence, packetText } from "@patchpilot/evidence";
import type { Incident, IncidentRecord } from "@patchpilot/incident";
import { type IncidentChange, recordText } from "@patchpilot/ledger";
import type { Assessment } from "./assess.ts";
import type { Candidate, OpenPullRequest, Settings } from "./facts.ts";
import { environmentOf, findFix } from "./judge.ts";
import {
  BODY_EDITED_NOTE,
  disbeliefNote,
  findGaps,
  incidentText,
  standDownNote,
  textWithNotes,
  withoutNotes,
} from "./message.ts";

const MOST_RECORD = 3900;
/** The record is at most 4 KB, so paths that nobody would read in full are left out of it. */
const MOST_PATH = 240;

/** What is accepted, with the change that accepts it. */
export type Acceptance = {
  readonly candidate: Candidate;
  readonly assessment: Assessment;
  readonly change: IncidentChange;
};

/** What accepting a candidate changes: its record, its phase, and the state of an issue that was closed. Pure. */
export function decideAcceptance(
  candidate: Candidate,
  assessment: Assessment,
  settings: Settings,
  now: Date,
): IncidentChange {
  const { incident, occasion } = candidate;
  const episode = occasion === "upgrade" ? incident.episode : incident.episode + 1;
  const record = recordOf(candidate, assessment, settings, episode, now);
  const text = incidentText(candidate, assessment, findGaps(candidate, assessment, settings), episode);
  return {
    incident,
    records: [{ kind: "incident", text, data: record }],
    phase: "accepted",
    ...(incident.open ? {} : { state: "reopen" as const }),
  };
}

function recordOf(
  candidate: Candidate,
  assessment: Assessment,
  settings: Settings,
  episode: number,
  now: Date,
): IncidentRecord {
  const { incident, view, recognised, occasion, vouched, request } = candidate;
  const { standDown: _, ...earlier }: Partial<IncidentRecord> = incident.records.incident?.data ?? {};
  const issue = view.state === "read" ? view.issue : null;
  const event = view.state === "read" ? view.event : null;
  const { link } = recognised;
  const { head } = assessment;
  const shortId = slug(issue?.shortId ?? link?.shortId);
  const organization = settings.organization ?? link?.organization;
  const acceptedAt = occasion === "upgrade" ? (earlier.acceptedAt ?? now.toISOString()) : now.toISOString();
  return fitRecord({
    ...earlier,
    phase: "accepted",
    phaseAt: now.toISOString(),
    reason: request === undefined ? reasonOf(occasion, vouched) : REQUESTED[request.kind],
    key: earlier.key ?? assessment.naming.key,
    kind: request?.kind ?? "error",
    fingerprint: assessment.naming.fingerprint,
    title: assessment.title,
    severity: assessment.severity.value,
    confidence: assessment.confidence.value,
    ...present("environment", unchanged(environmentOf(event), head.environment)),
    episode,
    acceptedAt,
    ...present("firstSeen", unchanged(issue?.firstSeen, head.firstSeen)),
    ...present("release", unchanged(event?.release?.version, head.release)),
    ...(shortId === null || !organization
      ? {}
      : {
          sentry: {
            organization,
            shortId,
            ...present("issueId", slug(issue?.id ?? link?.issueId)),
            ...present("project", slug(issue?.project.slug)),
            ...present("projectId", slug(issue?.project.id)),
            ...present("url", address(issue?.permalink ?? link?.url)),
          },
        }),
    suspectFiles: assessment.suspects.map(({ file }) => file).filter((file) => file.length <= MOST_PATH),
    similar: assessment.similar.map((similar) => similar.issue),
    bodyHash: hashBody(incident.body),
    bodyEdited: false,
    signature: assessment.naming.signature,
    basis: view.state === "read" ? "service" : "text",
    evidenceHash: hashEvidence(packetText(assessment.packet)),
  });
}

/** A record holds at most 4 KB; what is also in the text gives way. */
function fitRecord(record: IncidentRecord): IncidentRecord {
  const lean = [
    record,
    { ...record, suspectFiles: record.suspectFiles.slice(0, 3) },
    { ...record, suspectFiles: record.suspectFiles.slice(0, 1), signature: "" },
  ];
  return (
    lean.find((one) => Buffer.byteLength(JSON.stringify(one)) <= MOST_RECORD) ??
    (lean.at(-1) as IncidentRecord)
  );
}

const REQUESTED = { issue: "a person vouched for it", task: "a person gave it to a run" } as const;

const reasonOf = (occasion: Candidate["occasion"], vouched: boolean): string =>
  REASONS[occasion] + (vouched ? "; a person vouched for it" : "");

const REASONS = {
  new: "recognised as an incident",
  returned: "it came back after it was closed",
  upgrade: "Sentry confirmed what the issue's text said",
} as const;

const present = <K extends string>(name: K, value: string | null | undefined): { [P in K]?: string } =>
  value === null || value === undefined || value === "" ? {} : ({ [name]: value } as { [P in K]: string });

/** Text that must stay exact to be of use: left out where cleaning changed it. */
const unchanged = (raw: string | null | undefined, clean: string): string | null =>
  raw === clean ? clean : null;

/** An id or a slug; anything else that a server might send is left out. */
const slug = (text: string | null | undefined): string | null =>
  text && /^[\w.-]{1,130}$/.test(text) ? text : null;

const address = (url: string | null | undefined): string | null =>
  url && url.length <= 300 && /^https?:\/\/[\w.:-]+\/[\w./-]*(?:\?[\w=&-]*)?$/.test(url) ? url : null;

/** SHA-256 of an issue's body, to notice a later edit. */
const hashBody = (body: string): string => createHash("sha256").update(body).digest("hex");

/**
 * What changed about an incident that waits for a repair: a fix of a person that came or went, an edited body, a
 * comment that only looks like a record. The evidence stays frozen. Null where nothing changed. Pure.
 */
export function decideRefresh(incident: Incident, pulls: readonly OpenPullRequest[]): IncidentChange | null {
  const stored = incident.records.incident;
  if (stored === undefined) return null;
  const record = stored.data;
  const fix = findFix(incident, record.sentry?.shortId ?? null, pulls);
  const standDown = fix?.url;
  const bodyEdited = record.bodyHash !== undefined && record.bodyHash !== hashBody(incident.body);
  const frozen = withoutNotes(recordText(stored.body));
  const disbelief = disbeliefNote(incident.records);
  const notes = [
    ...(fix === undefined ? [] : [standDownNote(fix)]),
    ...(bodyEdited ? [BODY_EDITED_NOTE] : []),
    ...(disbelief === null || frozen.includes(disbelief) ? [] : [disbelief]),
  ];
  const text = textWithNotes(frozen, notes);
  const isSame = record.standDown === standDown && (record.bodyEdited ?? false) === bodyEdited;
  if (isSame && text === recordText(stored.body)) return null;
  const { standDown: _, ...rest } = record;
  const data: IncidentRecord = { ...rest, bodyEdited, ...(standDown === undefined ? {} : { standDown }) };
  return { incident, records: [{ kind: "incident", text, data }] };
}
