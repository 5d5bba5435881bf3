import type { Incident, IncidentRecord } from "@patchpilot/incident";
import { type IncidentChange, recordText } from "@patchpilot/ledger";
import type { JudgedOperation } from "../facts.ts";
import { textWithLatest } from "../words/comment.ts";
import { roundDuration } from "../words/numbers.ts";

/** p95 has to move by more than this share before it is written again. */
const WORTH_A_NOTE = 0.25;

/**
 * What the newest scan adds to an open incident: its numbers, if the verdict is another one or p95 moved by more than
 * a quarter since they were last written. What was frozen at acceptance stays. Null if nothing is worth a word. Pure.
 */
export function noteLatest(incident: Incident, finding: JudgedOperation, now: Date): IncidentChange | null {
  const stored = incident.records.incident;
  const facts = stored?.data.performance;
  if (stored === undefined || facts === undefined) return null;
  const known = facts.latest ?? { verdict: facts.verdict, p95: facts.now.p95 };
  const moved = Math.abs(finding.p95 / known.p95 - 1);
  if (known.verdict === finding.verdict && moved <= WORTH_A_NOTE) return null;
  const latest = {
    at: now.toISOString(),
    verdict: finding.verdict,
    p95: roundDuration(finding.p95),
    ...(finding.now === null ? {} : { samples: finding.now.samples }),
  };
  const data: IncidentRecord = { ...stored.data, performance: { ...facts, latest } };
  const text = textWithLatest(recordText(stored.body), latest);
  return { incident, records: [{ kind: "incident", text, data }], phase: incident.phase };
}
