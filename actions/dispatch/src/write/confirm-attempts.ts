import { HttpFailure } from "@patchpilot/http";
import { type ClaimFact, pickGroundwork } from "@patchpilot/incident";
import { type ClaimWrite, writeClaims } from "@patchpilot/ledger";
import type { Ports } from "../ports.ts";
import type { Opened, Sent, Site } from "./sending.ts";

/** Writes into the claims what came of sending. What nobody knows is left as intent: its lease decides. */
export async function confirmAll(sent: readonly Sent[], ports: Ports, site: Site): Promise<Opened[]> {
  const at = (await ports.github.clock()).toISOString();
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
  const results = await writeConfirmations(writes, ports, site);
  const oids = new Map(results.map((result) => [result.write.issue, result]));
  return sent.map((entry) => outcomeOf(entry, oids.get(entry.intent.opening.facts.incident.number)));
}

/** What was sent is reported also where it cannot be confirmed: the next run looks for its run. */
async function writeConfirmations(writes: readonly ClaimWrite[], ports: Ports, site: Site) {
  try {
    return await writeClaims(ports.github, ports.repository, site.repositoryNodeId, site.base, writes);
  } catch (error) {
    if (error instanceof HttpFailure) return [];
    throw error;
  }
}

function confirmedFact(entry: Exclude<Sent, { kind: "unconfirmed" }>, at: string): ClaimFact {
  const { cause, episode, losses, spends, refusals, refusal, run } = entry.intent.fact;
  const kept = {
    cause,
    episode,
    losses,
    ...(spends ? { spends } : {}),
    ...pickGroundwork(entry.intent.fact),
  };
  if (entry.kind === "sent")
    return {
      state: "done",
      ...kept,
      refusals: 0,
      confirmedAt: at,
      ...(entry.runId ? { run: entry.runId } : {}),
    };
  // A limit passes by itself, so it never adds up to a question for a person.
  if (entry.passing) return { state: "refused", ...kept, refusals: 0, run };
  return {
    state: "refused",
    ...kept,
    refusals: refusal === entry.reason ? refusals + 1 : 1,
    refusal: entry.reason,
    run,
  };
}

function outcomeOf(
  entry: Sent,
  result: { readonly write: ClaimWrite; readonly oid: string; readonly state: string } | undefined,
): Opened {
  const { facts, choice } = entry.intent.opening;
  if (entry.kind === "unconfirmed")
    return { kind: "skipped", facts, reason: "dispatch-unconfirmed", detail: entry.reason };
  if (entry.kind === "refused")
    return { kind: "skipped", facts, reason: "dispatch-refused", detail: entry.reason };
  if (result === undefined || result.state !== "done")
    return {
      kind: "skipped",
      facts,
      reason: "dispatch-unconfirmed",
      detail: "the claim could not be confirmed; the next run looks for the run",
    };
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
