import { acceptWith, fitRecord, hashBody, ifUnchanged, leanRecords } from "@patchpilot/acceptance";
import { hashEvidence, packetText } from "@patchpilot/evidence";
import type { IncidentRecord } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { IntakeInputs } from "../contract.ts";
import { type Candidate, findEnvironment, readView } from "../facts.ts";
import { incidentComment } from "../words/comment.ts";
import { findGaps } from "../words/gaps.ts";
import type { IntakeAssessment } from "./assess.ts";
import { findCategory, hasStack } from "./category.ts";
import { keepTogether } from "./together.ts";

/** The record is at most 4 KB, so paths that nobody would read in full are left out of it. */
const MOST_PATH = 240;

/** What is accepted, with the change that accepts it. */
export type Acceptance = {
  readonly candidate: Candidate;
  readonly assessment: IntakeAssessment;
  readonly change: IncidentChange;
};

/** Accepts a candidate as the next episode of its incident, or in the one that only lacked Sentry's word. Pure. */
export function acceptCandidate(
  candidate: Candidate,
  assessment: IntakeAssessment,
  inputs: IntakeInputs,
  now: Date,
): Acceptance {
  const { incident, occasion } = candidate;
  const episode = occasion === "upgrade" ? incident.episode : incident.episode + 1;
  const record = composeRecord(candidate, assessment, inputs, episode, now);
  const text = incidentComment(candidate, assessment, findGaps(candidate, assessment, inputs), episode);
  return { candidate, assessment, change: acceptWith(incident, text, fitRecord(leanRecords(record))) };
}

function composeRecord(
  candidate: Candidate,
  assessment: IntakeAssessment,
  inputs: IntakeInputs,
  episode: number,
  now: Date,
): IncidentRecord {
  const { incident, view, occasion, request } = candidate;
  const earlier = keepEarlier(incident);
  const { issue, event } = readView(view);
  const { head, naming } = assessment;
  const at = now.toISOString();
  return {
    ...earlier,
    phase: "accepted",
    phaseAt: at,
    reason: describeOccasion(candidate),
    key: earlier.key ?? naming.key,
    kind: request?.kind ?? "error",
    fingerprint: naming.fingerprint,
    title: assessment.title,
    severity: assessment.severity.value,
    confidence: assessment.confidence.value,
    episode,
    acceptedAt: occasion === "upgrade" ? (earlier.acceptedAt ?? at) : at,
    ...omitUndefined({
      seen: issue === null ? undefined : describeSeen(issue, at),
      environment: ifUnchanged(findEnvironment(event), head.environment),
      firstSeen: ifUnchanged(issue?.firstSeen, head.firstSeen),
      release: ifUnchanged(event?.release?.version, head.release),
      sentry: describeSentry(candidate, inputs),
      category: nameCategory(candidate),
    }),
    ...nameSuspects(assessment),
    ...nameSimilar(assessment),
    ...omitUndefined({ together: keepTogether(earlier.together, candidate.together ?? []) }),
    bodyHash: hashBody(incident.body),
    bodyEdited: false,
    signature: naming.signature,
    ...omitUndefined({ likeness: naming.error?.likeness }),
    basis: issue === null ? "text" : "service",
    evidenceHash: hashEvidence(packetText(assessment.packet)),
  };
}

/** What an earlier acceptance recorded, but for what is said anew or holds no more. */
function keepEarlier({ records }: Candidate["incident"]): Partial<IncidentRecord> {
  const {
    standDown: _,
    category: __,
    ...earlier
  } = records.incident?.data ?? ({} as Partial<IncidentRecord>);
  return earlier;
}

/** Of what comes with exceptions, nothing. */
const nameCategory = (candidate: Candidate): string | undefined => {
  const { category } = findCategory(candidate);
  return candidate.request !== undefined || hasStack(category) ? undefined : category;
};

const nameSuspects = ({
  suspects,
  commits,
}: IntakeAssessment): Pick<IncidentRecord, "suspectFiles" | "suspectAuthor"> => ({
  suspectFiles: suspects.map(({ file }) => file).filter((file) => file.length <= MOST_PATH),
  suspectAuthor: commits[0]?.author,
});

const nameSimilar = ({
  similar,
  alike,
  naming,
}: IntakeAssessment): Pick<IncidentRecord, "similar" | "sameSignature" | "alike"> => ({
  ...(alike.length > 0 ? { alike: alike.map(({ issue }) => issue) } : {}),
  similar: similar.map(({ issue }) => issue),
  sameSignature: similar.flatMap(({ issue, signature }) => (signature === naming.signature ? [issue] : [])),
});

/** What Sentry has counted of it by now. */
const describeSeen = (
  { count, userCount, lastSeen }: NonNullable<ReturnType<typeof readView>["issue"]>,
  at: string,
): IncidentRecord["seen"] =>
  omitUndefined({
    at,
    events: count ?? undefined,
    users: userCount ?? undefined,
    lastSeen: lastSeen ?? undefined,
  });

/** Which issue of Sentry's it is; undefined if organization or short id is unknown. */
function describeSentry(
  { view, recognised: { link } }: Candidate,
  inputs: IntakeInputs,
): IncidentRecord["sentry"] {
  const { issue } = readView(view);
  const shortId = keepName(issue?.shortId ?? link?.shortId);
  const organization = inputs["sentry-org"] ?? link?.organization;
  if (shortId === undefined || !organization) return undefined;
  return omitUndefined({
    organization,
    shortId,
    issueId: keepName(issue?.id ?? link?.issueId),
    project: keepName(issue?.project.slug),
    projectId: keepName(issue?.project.id),
    url: keepAddress(issue?.permalink ?? link?.url),
  });
}

function describeOccasion({ occasion, vouched, request }: Candidate): string {
  if (request !== undefined) return REQUESTED[request.kind];
  return REASONS[occasion] + (vouched ? "; someone vouched for it" : "");
}

const REQUESTED = { issue: "someone vouched for it", task: "someone gave it to a run" } as const;

const REASONS = {
  new: "recognised as an incident",
  returned: "it came back after it was closed",
  upgrade: "Sentry confirmed what the issue's text said",
} as const;

/** An id or a slug; anything else that a server might send is left out. */
const keepName = (text: string | null | undefined): string | undefined =>
  text && /^[\w.-]{1,130}$/.test(text) ? text : undefined;

const keepAddress = (url: string | null | undefined): string | undefined =>
  url && url.length <= 300 && /^https?:\/\/[\w.:-]+\/[\w./-]*(?:\?[\w=&-]*)?$/.test(url) ? url : undefined;
