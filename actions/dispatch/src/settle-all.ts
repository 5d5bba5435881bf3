import type { AttemptOutcome, GateFact } from "@patchpilot/incident";
import { attemptKey } from "@patchpilot/incident";
import { type Base, type GateWrite, writeGates } from "@patchpilot/ledger";
import type { Facts, Settings } from "./facts.ts";
import type { Ports } from "./ports.ts";
import type { Reading } from "./read-facts.ts";
import { type Settlement, settle } from "./settle.ts";

/** One incident with what became of its newest attempt, after the gates of this run were closed. */
export type Settled = { readonly facts: Facts; readonly settlement: Settlement };

/** The repository whose gates are closed, and the commit that new facts stand on. */
export type GateHome = { readonly nodeId: string; readonly base: Base };

/**
 * Closes the gates of the attempts that came to an end. Closing is the outcome: whoever is refused sees the attempt
 * as still in flight, and the next run reads it again.
 */
export async function settleAll(
  reading: Reading,
  ports: Ports,
  settings: Settings,
  home: () => Promise<GateHome>,
): Promise<Settled[]> {
  const settled = reading.facts.map((facts): Settled => ({ facts, settlement: settle(facts, settings) }));
  const closing = settled.flatMap(({ facts, settlement }) =>
    settlement.kind === "close"
      ? [
          {
            facts,
            write: closingOf(facts, settlement.outcome, reading.ledger.repository.databaseId, settings),
          },
        ]
      : [],
  );
  if (closing.length === 0) return settled;
  const { nodeId, base } = await home();
  const results = await writeGates(
    ports.target,
    ports.targetRepository,
    nodeId,
    base,
    closing.map(({ write }) => write),
  );
  const closed = new Map(
    closing.map(({ facts, write }, index) => [facts, results[index]?.state === "done" ? write : undefined]),
  );
  return settled.map((entry) => afterClosing(entry, closed));
}

function closingOf(
  facts: Facts,
  outcome: AttemptOutcome,
  repositoryId: number,
  settings: Settings,
): GateWrite {
  const { incident, gate, pullRequest, claims } = facts;
  const fact: GateFact = {
    state: "closed",
    outcome,
    at: new Date(settings.now).toISOString(),
    ...(gate.state === "present" && gate.fact.run !== undefined ? { run: gate.fact.run } : {}),
    ...(pullRequest ? { pullRequest: pullRequest.number } : {}),
    ...(pullRequest?.mergeCommit ? { mergeCommit: pullRequest.mergeCommit } : {}),
  };
  return {
    key: attemptKey(repositoryId, incident.issue.number, claims.at(-1)?.attempt ?? 0),
    from: gate,
    fact,
  };
}

function afterClosing(entry: Settled, closed: ReadonlyMap<Facts, GateWrite | undefined>): Settled {
  if (entry.settlement.kind !== "close") return entry;
  const write = closed.get(entry.facts);
  if (write === undefined || write.fact.state !== "closed")
    return {
      facts: entry.facts,
      settlement: { kind: "in-flight", reason: "its gate moved while it was settled" },
    };
  return {
    facts: { ...entry.facts, gate: { state: "present", oid: "", fact: write.fact } },
    settlement: { kind: "settled", outcome: write.fact.outcome, gate: write.fact },
  };
}
