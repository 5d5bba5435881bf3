import { createHash } from "node:crypto";
import { hashEvidence, packetText } from "@patchpilot/evidence";
import { type Incident, type IncidentRecord, isHeld, type PerformanceFacts } from "@patchpilot/incident";
import { type IncidentChange, recordText } from "@patchpilot/ledger";
import type { Assessment } from "./assess.ts";
import { type Bottleneck, type Finding, isBottleneck, type Settings } from "./facts.ts";
import { judgeSince } from "./judge.ts";
import { textWithLatest } from "./message.ts";
import { round } from "./words.ts";

/** What is to be done about a slow operation. */
export type Step =
  /** No incident yet, or an issue without a record: it is accepted. */
  | { readonly do: "open"; readonly finding: Bottleneck; readonly incident?: Incident }
  /** Its incident had ended, and it is slow again. */
  | { readonly do: "reopen"; readonly finding: Bottleneck; readonly incident: Incident }
  /** Its incident is open: the newest numbers are noted if they differ. */
  | { readonly do: "note"; readonly finding: Finding; readonly incident: Incident }
  | { readonly do: "leave"; readonly finding: Finding; readonly incident: Incident; readonly reason: string };

/** p95 has to move by more than this share before it is written again. */
const WORTH_A_NOTE = 0.25;
const MOST_RECORD = 3900;
/** Characters of a name in a record that would outgrow its limit else; one has up to four bytes. */
const MOST_CUT = 60;

/** Decides about one slow operation by the incident that the index, or an open issue, names for it. Pure. */
export function decideStep(finding: Bottleneck, incident: Incident | undefined, settings: Settings): Step {
  if (incident === undefined) return { do: "open", finding };
  const { open, records, phase } = incident;
  const leave = (reason: string): Step => ({ do: "leave", finding, incident, reason });
  if (records.newerVersion !== undefined)
    return leave(`its records are of version ${records.newerVersion}: upgrade this action`);
  if (isHeld(incident)) return leave("a person set patchpilot:hold");
  if (phase === undefined)
    return open ? { do: "open", finding, incident } : leave("a person closed it before it was accepted");
  const endedAt = endOf(incident);
  if (endedAt !== null) return decideReturn(finding, incident, endedAt, settings);
  return phase === "verifying" ? leave("verify-recovery judges it") : { do: "note", finding, incident };
}

/**
 * When an incident ended, in milliseconds since the epoch; null while it goes on. A person who reopens a recovered one
 * leaves it ended: its next episode begins with a scan that finds it slow again.
 */
function endOf({ open, closedAt, records, episode, phase }: Incident): number | null {
  if (!open) return Date.parse(closedAt ?? "") || 0;
  const recovery = records.recoveries.get(episode)?.data;
  if (recovery?.phase !== "recovered" || phase === "verifying") return null;
  return Date.parse(recovery.phaseAt) || 0;
}

/**
 * Whether an incident that ended is back. Only the hours since the close count: those before it were judged already.
 * What a person closed comes back only as a regression that began after the close, and never where he closed it as not
 * planned.
 */
function decideReturn(finding: Finding, incident: Incident, endedAt: number, settings: Settings): Step {
  const { stateReason, phase } = incident;
  const leave = (reason: string): Step => ({ do: "leave", finding, incident, reason });
  if (phase === "dismissed" && /^(not_planned|duplicate)$/i.test(stateReason ?? ""))
    return leave("a person closed it as not planned");
  const since = judgeSince(finding, endedAt, settings);
  if (!isBottleneck(since)) return leave(`since it was closed: ${since.reason}`);
  const isNew = since.verdict === "regressed" && finding.breakpoint !== null && finding.breakpoint >= endedAt;
  if (phase === "dismissed" && !isNew) return leave("a person closed it, and nothing new happened since");
  return { do: "reopen", finding: since, incident };
}

/** What is said besides the assessment when an operation is accepted. */
export type Acceptance = {
  readonly text: string;
  readonly now: Date;
  readonly environment: string;
};

/** What accepting an operation changes: record, phase, and the state of an issue that was closed. Pure. */
export function decideAcceptance(
  incident: Incident,
  finding: Finding,
  assessment: Assessment,
  acceptance: Acceptance,
): IncidentChange {
  const data = recordOf(incident, finding, assessment, acceptance);
  return {
    incident,
    records: [{ kind: "incident", text: acceptance.text, data }],
    phase: "accepted",
    ...(incident.open ? {} : { state: "reopen" as const }),
  };
}

function recordOf(
  incident: Incident,
  { key }: Finding,
  { title, severity, confidence, facts, clues, packet, signature }: Assessment,
  { now, environment }: Acceptance,
): IncidentRecord {
  const episode = incident.episode + 1;
  const at = now.toISOString();
  return fitRecord({
    phase: "accepted",
    phaseAt: at,
    reason: episode > 1 ? "it is slow again after it was closed" : "a scan found it",
    key,
    kind: "performance",
    fingerprint: key.slice(-32),
    title,
    severity: severity.value,
    confidence: confidence.value,
    environment,
    episode,
    acceptedAt: at,
    firstSeen: facts.breakpoint ?? facts.window.from,
    ...(facts.release === undefined ? {} : { release: facts.release }),
    performance: facts,
    suspectFiles: clues.suspects.map(({ file }) => file).filter((file) => file.length <= 200),
    similar: [],
    bodyHash: createHash("sha256").update(incident.body).digest("hex"),
    bodyEdited: false,
    signature,
    basis: "service",
    evidenceHash: hashEvidence(packetText(packet)),
  });
}

/**
 * A record holds at most 4 KB. What is also in the text gives way, and last what finds the operation again: its search, or
 * its names.
 */
function fitRecord(record: IncidentRecord): IncidentRecord {
  const fits = (one: IncidentRecord): boolean => Buffer.byteLength(JSON.stringify(one)) <= MOST_RECORD;
  const versions = leanVersions(record, record.performance ?? ({} as PerformanceFacts));
  return versions.find(fits) ?? (versions.at(-1) as IncidentRecord);
}

/** The record with less and less in it. */
function leanVersions(record: IncidentRecord, facts: PerformanceFacts): readonly IncidentRecord[] {
  const { release: _r, previousRelease: _p, ...unreleased } = facts;
  const { query, ...unsearched } = unreleased;
  const { release: _v, ...bare } = { ...record, suspectFiles: [], signature: "" };
  const short = { ...bare, title: cut(bare.title) };
  return [
    record,
    { ...record, suspectFiles: record.suspectFiles.slice(0, 3) },
    { ...record, suspectFiles: record.suspectFiles.slice(0, 1), signature: "" },
    { ...bare, performance: unreleased },
    ...(query === undefined ? [] : [{ ...short, performance: cutNames(unreleased) }]),
    { ...bare, performance: unsearched },
    { ...short, performance: cutNames(unsearched) },
  ];
}

const cut = (text: string): string => Array.from(text).slice(0, MOST_CUT).join("");

function cutNames<F extends Pick<PerformanceFacts, "operation">>(facts: F): F {
  const { transaction, description } = facts.operation;
  return {
    ...facts,
    operation: { ...facts.operation, transaction: cut(transaction), description: cut(description) },
  };
}

/**
 * What the newest scan adds to an open incident: its numbers, where the verdict is another one or p95 moved by more than
 * a quarter since they were last written. What was frozen at acceptance stays. Null where nothing is worth a word. Pure.
 */
export function decideNote(incident: Incident, finding: Finding, now: Date): IncidentChange | null {
  const stored = incident.records.incident;
  const facts = stored?.data.performance;
  if (stored === undefined || facts === undefined) return null;
  const known = facts.latest ?? { verdict: facts.verdict, p95: facts.now.p95 };
  const moved = Math.abs(finding.p95 / known.p95 - 1);
  if (known.verdict === finding.verdict && moved <= WORTH_A_NOTE) return null;
  const latest = {
    at: now.toISOString(),
    verdict: finding.verdict,
    p95: round(finding.p95),
    ...(finding.now === null ? {} : { samples: finding.now.samples }),
  };
  const data: IncidentRecord = { ...stored.data, performance: { ...facts, latest } };
  return {
    incident,
    records: [{ kind: "incident", text: textWithLatest(recordText(stored.body), latest), data }],
    phase: incident.phase,
  };
}
