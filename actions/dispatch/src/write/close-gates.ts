import {
  attemptKey,
  type GateFact,
  type Incident,
  listSequences,
  NO_RECORDS,
  type Sequences,
} from "@patchpilot/incident";
import { type Gate, type GateResult, type GateWrite, isRace } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import { type Settled, type Settlement, settleAttempt } from "../decide/settle.ts";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import type { DispatchPorts, RefHome } from "../ports.ts";

type Closing = { readonly facts: DispatchFacts; readonly write: GateWrite };

/**
 * Closes the gates of the attempts that came to an end. Closing is the outcome: who lost a race sees the attempt as
 * still in flight, and the next run reads it again. If nobody moved the gate, GitHub refuses for good.
 */
export async function closeGates(
  all: readonly DispatchFacts[],
  ports: Pick<DispatchPorts, "readGates" | "writeGates">,
  settings: DispatchSettings,
  home: () => Promise<RefHome>,
): Promise<Settled[]> {
  const settled = all.map((facts): Settled => ({ facts, settlement: settleAttempt(facts, settings) }));
  const closing = settled.flatMap(({ facts, settlement }) =>
    settlement.kind === "close" ? [{ facts, write: makeClosing(facts, settlement, settings) }] : [],
  );
  if (closing.length === 0) return settled;
  const results = await ports.writeGates(
    await home(),
    closing.map(({ write }) => write),
  );
  const moved = await readRefused(results, ports);
  const ends = new Map(
    closing.map((each, index) => [each.facts, judgeClosing(each, results[index], moved.get(each.write.key))]),
  );
  return settled.map((entry) => ends.get(entry.facts) ?? entry);
}

/** The gates that were refused for no race that GitHub names, as they stand now. */
async function readRefused(
  results: readonly GateResult[],
  ports: Pick<DispatchPorts, "readGates">,
): Promise<ReadonlyMap<string, Gate>> {
  const keys = results
    .filter(({ state, message }) => state === "refused" && !isRace(message))
    .map(({ key }) => key);
  return keys.length === 0 ? new Map() : ports.readGates(keys);
}

/**
 * Of the records that nobody but this action writes once an attempt is over: who writes another one again does not read
 * gates, and would begin below what this one knows.
 */
const listOwnSequences = ({ records: { attempts, dispatch, report } }: Incident): Sequences =>
  listSequences({ ...NO_RECORDS, attempts, ...omitUndefined({ dispatch, report }) });

/** The gate with its outcome. Pure. */
export function makeClosing(
  facts: DispatchFacts,
  { outcome, ending, cause }: Extract<Settlement, { kind: "close" }>,
  settings: DispatchSettings,
): GateWrite {
  const { incident, gate, pullRequest, claims } = facts;
  const fact: GateFact = {
    state: "closed",
    outcome,
    at: new Date(settings.now).toISOString(),
    records: listOwnSequences(incident),
    ...omitUndefined({
      ending,
      cause,
      run: gate.state === "present" ? gate.fact.run : undefined,
      pullRequest: pullRequest?.number,
      mergeCommit: pullRequest?.mergeCommit || undefined,
      head: gate.state === "present" && gate.fact.state === "publishing" ? gate.fact.head : undefined,
    }),
  };
  return {
    key: attemptKey(facts.repositoryId, incident.number, claims.at(-1)?.attempt ?? 0),
    from: gate,
    fact,
  };
}

/** What became of an attempt whose gate was to be closed. Pure. */
export function judgeClosing(
  { facts, write }: Closing,
  result: GateResult | undefined,
  now: Gate | undefined,
): Settled {
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
