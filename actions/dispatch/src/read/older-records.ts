import { dropRecords, type Incident, listOlder, type OlderRecord } from "@patchpilot/incident";
import { type Claim, type Gate, knownSequences } from "@patchpilot/ledger";
import type { DispatchFacts } from "../facts.ts";

/** Records that only this action writes once an attempt is over. From refs it writes them again if they are gone. */
const OWN = /^(?:attempt\/\d+|dispatch|report)$/;

type Aged = { readonly incident: Incident; readonly older: readonly OlderRecord[] };

/** The incident without own records that are older than its refs say: they count as gone. Pure. */
export function dropOlder(incident: Incident, claims: readonly Claim[], gate?: Gate): Aged {
  const older = listOlder(incident.records, knownSequences(claims, gate)).filter(({ kind }) =>
    OWN.test(kind),
  );
  if (older.length === 0) return { incident, older };
  return { incident: { ...incident, records: dropRecords(incident.records, older) }, older };
}

/** What the run says of them. */
export const describeOlder = (facts: readonly DispatchFacts[]): string[] =>
  facts.flatMap(({ incident: { number }, older = [] }) =>
    older.map(
      ({ kind, seq, known }) =>
        `#${number}: its record ${kind} is older than its refs say (${seq} instead of at least ${known}), so it counts as deleted. Its newer comment was deleted, or someone put an earlier state back.`,
    ),
  );
