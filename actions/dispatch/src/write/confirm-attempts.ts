import { HttpFailure } from "@patchpilot/http";
import { type ClaimFact, pickGroundwork } from "@patchpilot/incident";
import type { ClaimResult, ClaimWrite } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import { failOpening, type OpenedAttempt } from "../decide/choice.ts";
import type { DispatchPorts, RefHome } from "../ports.ts";
import type { SentAttempt } from "./send-attempts.ts";

/** Writes into the claims what came of sending. What nobody knows is left as intent: its lease decides. */
export async function confirmAttempts(
  sent: readonly SentAttempt[],
  ports: DispatchPorts,
  home: RefHome,
): Promise<OpenedAttempt[]> {
  const at = (await ports.clock()).toISOString();
  const writes = sent.flatMap((entry): ClaimWrite[] =>
    entry.kind === "unconfirmed"
      ? []
      : [
          {
            issue: entry.intent.opening.facts.incident.number,
            attempt: entry.intent.opening.choice.attempt,
            from: entry.intent.oid,
            fact: confirmedFact(entry, at),
          },
        ],
  );
  const results = await writeConfirmations(writes, ports, home);
  const oids = new Map(results.map((result) => [result.write.issue, result]));
  return sent.map((entry) => judgeSent(entry, oids.get(entry.intent.opening.facts.incident.number)));
}

/** What was sent is reported even if it cannot be confirmed: the next run looks for its run. */
async function writeConfirmations(writes: readonly ClaimWrite[], ports: DispatchPorts, home: RefHome) {
  try {
    return await ports.writeClaims(home, writes);
  } catch (error) {
    if (error instanceof HttpFailure) return [];
    throw error;
  }
}

/** What the claim of an attempt says once it was sent, or refused. Pure. */
export function confirmedFact(entry: Exclude<SentAttempt, { kind: "unconfirmed" }>, at: string): ClaimFact {
  const { fact } = entry.intent;
  const { cause, episode, losses, spends, after, reserves, records, refusals, refusal, run } = fact;
  const kept = omitUndefined({
    ...{ cause, episode, losses, spends, after, reserves, records },
    ...pickGroundwork(fact),
  });
  if (entry.kind === "sent")
    return {
      state: "done",
      ...kept,
      refusals: 0,
      confirmedAt: at,
      ...omitUndefined({ run: entry.runId || undefined }),
    };
  // A limit passes by itself, so it never adds up to a question for people.
  if (entry.passing) return { state: "refused", ...kept, refusals: 0, run };
  return {
    state: "refused",
    ...kept,
    refusals: refusal === entry.reason ? refusals + 1 : 1,
    refusal: entry.reason,
    run,
  };
}

function judgeSent(entry: SentAttempt, result: ClaimResult | undefined): OpenedAttempt {
  const { facts, choice } = entry.intent.opening;
  if (entry.kind === "unconfirmed") return failOpening(facts, "dispatch-unconfirmed", entry.reason);
  if (entry.kind === "refused") return failOpening(facts, "dispatch-refused", entry.reason);
  if (result?.state !== "done")
    return failOpening(
      facts,
      "dispatch-unconfirmed",
      "GitHub did not confirm the claim; the next run looks for its run",
    );
  const claim = {
    issue: facts.incident.number,
    attempt: choice.attempt,
    oid: result.oid,
    fact: result.write.fact,
  };
  const claims = [...facts.claims.filter(({ attempt }) => attempt !== choice.attempt), claim];
  return {
    kind: "dispatched",
    facts: {
      ...facts,
      claims,
      gate: choice.kind === "repeat" ? facts.gate : { state: "absent" },
      runs: [],
      pullRequest: undefined,
    },
    key: entry.intent.key,
    attempt: choice.attempt,
    runId: entry.runId ?? null,
  };
}
