import {
  attemptsOfEpisode,
  type Incident,
  type IncidentRecord,
  isHeld,
  isReopeningDue,
  type RecoveryRecord,
  summariseIncident,
} from "@patchpilot/incident";
import type { Case, Merge, SentryError } from "../ports.ts";
import { acceptedAt, onsetOf } from "./episode.ts";
import { toOperation } from "./to-operation.ts";

/** An incident as this action serves it; none where it is not this action's to decide. Pure. */
export function toCase(incident: Incident, merge: Merge | null): Case[] {
  const { records, phase, episode } = incident;
  const record = records.incident?.data;
  const previous = records.recoveries.get(episode)?.data ?? null;
  if (record === undefined || phase === undefined || records.newerVersion !== undefined) return [];
  if (
    phase === "dismissed" ||
    phase === "done" ||
    (phase === "recovered" && !isLookedBackAt(incident, previous))
  )
    return [];
  if (isContradicted(incident, previous, merge)) return [];
  const onset = onsetOf(incident);
  const operation = toOperation(record, episode, onset);
  return [
    {
      issue: incident.number,
      title: record.title,
      summary: summariseIncident(incident, record, phase),
      phase,
      episode,
      held: isHeld(incident),
      acceptedAt: acceptedAt(incident),
      onset,
      error: errorOf(record),
      ...(operation ? { operation } : {}),
      merge,
      attempts: attemptsOfEpisode(incident).length,
      previous,
    },
  ];
}

/** Why there is nothing to verify about an incident that this action does not serve. Pure. */
export function describeEnded({ open, number, phase, records }: Incident): string[] {
  if (phase === undefined || records.newerVersion !== undefined) return [];
  return [
    open
      ? `#${number} was reopened after it had ended (${phase}): run \`patchpilot/intake\`, which takes it up anew.`
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
function isContradicted(incident: Incident, previous: RecoveryRecord | null, merge: Merge | null): boolean {
  const reopenedAt = Date.parse(incident.reopenedAt ?? "");
  const isEnded = previous?.phase === "recovered" || previous?.phase === "done";
  if (!isEnded || !(reopenedAt > Date.parse(previous.phaseAt))) return false;
  return merge === null || merge.at <= reopenedAt;
}

function errorOf({ sentry }: IncidentRecord): SentryError | null {
  if (sentry === undefined) return null;
  const { organization, issueId = null, shortId, projectId = null } = sentry;
  return { organization, id: issueId, shortId, projectId };
}
