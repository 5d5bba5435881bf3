import { hashBody } from "@patchpilot/acceptance";
import type { Incident, IncidentRecord } from "@patchpilot/incident";
import { type IncidentChange, recordText } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { PossibleFix, TogetherIssue } from "../facts.ts";
import { BODY_EDITED_NOTE, standDownNote, textWithNotes, withoutNotes } from "../words/comment.ts";
import { disbeliefNote } from "../words/gaps.ts";
import { togetherNote } from "../words/together.ts";
import { findFix } from "./find-fix.ts";
import { keepTogether } from "./together.ts";

/**
 * What changed about an incident that waits for a repair: a fix by hand that came or went, an edited body, further
 * issues of Sentry's that are the same, a comment that only looks like a record, a label that went astray. The evidence stays frozen. Pure.
 */
export function refreshIncident(
  incident: Incident,
  pulls: readonly PossibleFix[],
  joined: readonly TogetherIssue[] = [],
): IncidentChange {
  const stored = incident.records.incident;
  const unchanged: IncidentChange = { incident, records: [], phase: incident.phase };
  if (stored === undefined) return unchanged;
  const record = stored.data;
  const fix = findFix(incident, record.sentry?.shortId ?? null, pulls);
  const standDown = fix?.url;
  const bodyEdited = record.bodyHash !== undefined && record.bodyHash !== hashBody(incident.body);
  const before = recordText(stored.body);
  const frozen = withoutNotes(before);
  const disbelief = disbeliefNote(incident.records);
  const together = keepTogether(record.together, joined);
  const joining = togetherNote(together, frozen);
  const text = textWithNotes(frozen, [
    ...(joining === null ? [] : [joining]),
    ...(fix === undefined ? [] : [standDownNote(fix)]),
    ...(bodyEdited ? [BODY_EDITED_NOTE] : []),
    ...(disbelief === null || frozen.includes(disbelief) ? [] : [disbelief]),
  ]);
  const isSame = record.standDown === standDown && (record.bodyEdited ?? false) === bodyEdited;
  if (isSame && text === before) return unchanged;
  const { standDown: _, ...rest } = record;
  const data: IncidentRecord = { ...rest, bodyEdited, ...omitUndefined({ standDown, together }) };
  return { incident, records: [{ kind: "incident", text, data }] };
}
