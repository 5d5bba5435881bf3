import {
  attemptsOfEpisode,
  type Incident,
  type IncidentRecord,
  isHeld,
  isReopenedByBot,
  isReopeningDue,
  REOPEN,
  type RecoveryRecord,
  readAccepted,
  readImpact,
  summariseIncident,
  usesUpAttempt,
} from "@patchpilot/incident";
import { recordText } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import { nameAction } from "@patchpilot/owner";
import { unfoldRecord } from "@patchpilot/status";
import type { Merge, SentryError, VerifyCase } from "../questions/case.ts";
import { findCostText } from "../words-cost.ts";
import { toOperation } from "./to-operation.ts";

/** An incident as this action serves it; none where it is not this action's to decide. Pure. */
export function toCase(incident: Incident, merge: Merge | null): VerifyCase[] {
  const { records, phase, episode } = incident;
  const record = readAccepted(records, episode);
  const stored = records.recoveries.get(episode);
  const previous = stored?.data ?? null;
  if (record === undefined || phase === undefined || records.newerVersion !== undefined) return [];
  if (
    phase === "dismissed" ||
    phase === "done" ||
    (phase === "recovered" && !isLookedBackAt(incident, previous))
  )
    return [];
  const isDoubted = isReopenedByPerson(incident, previous);
  if (isDoubted && incident.open && !isFixedSince(incident, merge)) return [];
  const onset = findOnset(incident);
  const operation = toOperation(record, episode, onset);
  return [
    {
      issue: incident.number,
      summary: summariseIncident(incident, record, phase),
      phase,
      episode,
      held: isHeld(incident),
      acceptedAt: acceptedAt(incident),
      onset,
      error: pickError(record),
      ...(operation ? { operation } : {}),
      merge,
      attempts: attemptsOfEpisode(incident).filter(({ ending }) => usesUpAttempt(ending)).length,
      ...(incident.open && phase === "recovered" ? { reopened: true } : {}),
      ...(isDoubted && !incident.open ? { closedAgainAt: Date.parse(incident.closedAt ?? "") || 0 } : {}),
      previous,
      ...omitUndefined({
        seen: record.seen,
        impact: readImpact(records, episode),
        teaches: findTeaching(incident, record),
        cost: stored && findCostText(unfoldRecord(recordText(stored.body))),
      }),
    },
  ];
}

function findTeaching(incident: Incident, { signature, confidence }: IncidentRecord): VerifyCase["teaches"] {
  return signature ? { signature, confidence, attempts: attemptsOfEpisode(incident) } : undefined;
}

/** Why there is nothing to verify about an incident that this action does not serve. Pure. */
export function describeEnded({ open, number, phase, records }: Incident): string[] {
  if (phase === undefined || records.newerVersion !== undefined) return [];
  return [
    open
      ? `#${number} was reopened after it had ended (${phase}): run \`${nameAction("intake")}\`, which takes it up again.`
      : `#${number} has ended (${phase}): there is nothing left to verify.`,
  ];
}

/** Only what this action closed itself, and did not decide to reopen. */
function isLookedBackAt(incident: Incident, previous: RecoveryRecord | null): boolean {
  return previous?.closedAt !== undefined && !isReopeningDue(incident, previous);
}

/**
 * Somebody reopened what this action closed: who does that knows something that no number showed, so the same numbers
 * must not close it again. Intake takes it up anew, and a fix that is merged after it is verified like any other.
 */
function isReopenedByPerson(incident: Incident, previous: RecoveryRecord | null): boolean {
  const isEnded = previous?.phase === "recovered" || previous?.phase === "done";
  if (!isEnded || !(Date.parse(incident.reopenedAt ?? "") > Date.parse(previous.phaseAt))) return false;
  return !isReopenedByBot(incident, previous.phaseAt);
}

const isFixedSince = ({ reopenedAt }: Incident, merge: Merge | null): boolean =>
  merge !== null && merge.at > Date.parse(reopenedAt ?? "");

function pickError({ sentry }: IncidentRecord): SentryError | null {
  if (sentry === undefined) return null;
  const { organization, issueId = null, shortId, projectId = null } = sentry;
  return { organization, id: issueId, shortId, projectId };
}

/** When the running episode began, in milliseconds since the epoch: at acceptance, or when the issue was reopened. */
const acceptedAt = (incident: Incident): number => findBeginning(incident, incident.episode);

function findBeginning({ records }: Incident, episode: number): number {
  const record = records.incident?.data;
  const reopening = records.recoveries.get(episode - 1)?.data;
  const isReopened = record !== undefined && record.episode < episode && reopening !== undefined;
  return Date.parse((isReopened ? reopening.phaseAt : record?.acceptedAt) ?? "") || 0;
}

/**
 * The first episode whose fixes still count: the running one, but after production lost a fix the one before, too, for
 * the fix was not disproved.
 */
export function findFixEpisode({ records, episode }: Incident): number {
  let first = episode;
  const lostIn = (each: number): boolean => {
    const { decision, verdict } = records.recoveries.get(each)?.data ?? {};
    return decision === REOPEN && verdict === "not-deployed";
  };
  while (lostIn(first - 1)) first -= 1;
  return first;
}

/** From when on merged fixes count. */
export const fixesSince = (incident: Incident): number => findBeginning(incident, findFixEpisode(incident));

/** The first error of the running episode as far as records know: the issue's first, or the close that it broke. */
function findOnset(incident: Incident): number {
  const { records, episode } = incident;
  const first = Date.parse(records.incident?.data.firstSeen ?? "") || 0;
  const before = records.recoveries.get(episode - 1)?.data;
  const broken = closeIn(before?.numbers) ?? (Date.parse(before?.closedAt ?? "") || undefined);
  return episode === 1 ? first || acceptedAt(incident) : Math.max(first, broken ?? acceptedAt(incident));
}

/** The close that a decision to reopen took back stands among its facts. */
function closeIn(numbers: unknown): number | undefined {
  const at = (numbers as { facts?: { close?: { at?: unknown } } } | undefined)?.facts?.close?.at;
  return typeof at === "number" ? at : undefined;
}
