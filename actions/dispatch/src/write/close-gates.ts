import type { AttemptOutcome, GateFact } from "@patchpilot/incident";
import { attemptKey } from "@patchpilot/incident";
import {
  type FactBase,
  type Gate,
  type GateResult,
  type GateWrite,
  isRace,
  readGates,
  writeGates,
} from "@patchpilot/ledger";
import { type Settlement, settle } from "../decide/settle.ts";
import type { Facts, Settings } from "../facts.ts";
import type { Ports } from "../ports.ts";
import type { Reading } from "../read/facts.ts";

/** One incident with what became of its newest attempt, after the gates of this run were closed. */
export type Settled = { readonly facts: Facts; readonly settlement: Settlement };

/** The repository whose gates are closed, and the commit that new facts stand on. */
export type GateHome = { readonly nodeId: string; readonly base: FactBase };

type Closing = { readonly facts: Facts; readonly write: GateWrite };

/**
 * Closes the gates of the attempts that came to an end. Closing is the outcome: who lost a race sees the attempt as
 * still in flight, and the next run reads it again. Where nobody moved the gate, GitHub refuses for good.
 */
export async function closeGates(
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
  const moved = await readRefused(results, ports);
  const ends = new Map(
    closing.map((each, index) => [each.facts, endOf(each, results[index], moved.get(each.write.key))]),
  );
  return settled.map((entry) => ends.get(entry.facts) ?? entry);
}

/** The gates that were refused for no race that GitHub names, as they stand now. */
async function readRefused(results: readonly GateResult[], ports: Ports): Promise<Map<string, Gate>> {
  const keys = results
    .filter(({ state, message }) => state === "refused" && !isRace(message))
    .map(({ key }) => key);
  return keys.length === 0 ? new Map() : readGates(ports.target, ports.targetRepository, keys);
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
    key: attemptKey(repositoryId, incident.number, claims.at(-1)?.attempt ?? 0),
    from: gate,
    fact,
  };
}

function endOf({ facts, write }: Closing, result: GateResult | undefined, now: Gate | undefined): Settled {
  if (result?.state === "done" && write.fact.state === "closed")
    return {
      facts: { ...facts, gate: { state: "present", oid: "", fact: write.fact } },
      settlement: { kind: "settled", outcome: write.fact.outcome, gate: write.fact },
    };
  if (now !== undefined && placeOf(now) === placeOf(write.from))
    return {
      facts,
      settlement: {
        kind: "stuck",
        reason: `GitHub does not let its gate be closed (${result?.message ?? "no reason"})`,
      },
    };
  const reason =
    result?.state === "refused"
      ? "its gate moved while it was settled"
      : "GitHub did not say whether its gate was closed; the next run reads it";
  return { facts, settlement: { kind: "in-flight", reason } };
}

const placeOf = (gate: Gate): string => (gate.state === "absent" ? "absent" : gate.oid);
