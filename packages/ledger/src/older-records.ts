import { joinSequences, type LabelledRecords, listOlder, type Sequences } from "@patchpilot/incident";
import type { Claim } from "./claims.ts";
import type { Gate } from "./gates.ts";

/** How often each record of an issue had been written when its refs were. */
export const knownSequences = (claims: readonly Claim[], gate?: Gate): Sequences =>
  joinSequences([
    ...claims.map(({ fact }) => (fact === "unreadable" ? undefined : fact.records)),
    gate?.state === "present" && gate.fact.state === "closed" ? gate.fact.records : undefined,
  ]);

/**
 * Why nothing may rest on the records of an issue, as part of a sentence: one is older than its refs say. GitHub may have
 * shown an old copy, or somebody put back a state whose signature is good.
 */
export function explainOlder(records: LabelledRecords, known: Sequences): string | undefined {
  const [older] = listOlder(records, known);
  if (older === undefined) return undefined;
  return `its record ${older.kind} is older than its refs say (${older.seq} instead of at least ${older.known}), so nothing is done. If later runs say so too, someone put an earlier state back: delete that comment, and what is needed of it is written again`;
}
