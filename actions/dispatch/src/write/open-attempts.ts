import { attemptKey, type ClaimFact, pickGroundwork } from "@patchpilot/incident";
import { type ClaimWrite, isRace, readGates, writeClaims } from "@patchpilot/ledger";
import type { Inputs } from "../contract.ts";
import type { Settings } from "../facts.ts";
import type { Ports } from "../ports.ts";
import { bearsKey, readRuns } from "../read/facts.ts";
import { confirmAll } from "./confirm-attempts.ts";
import { sendAll } from "./send-attempts.ts";
import type { Intent, Opened, Opening, Site } from "./sending.ts";

/** Claims, dispatches and confirms: intent as a ref, one POST, then the ref again. docs/protocol.md, section 4. */
export async function openAttempts(
  openings: readonly Opening[],
  inputs: Inputs,
  ports: Ports,
  settings: Settings,
  site: Site,
): Promise<Opened[]> {
  const writes = openings.map((opening) => intentOf(opening, settings));
  const claimed = await writeClaims(ports.github, ports.repository, site.repositoryNodeId, site.base, writes);
  const intents: Intent[] = [];
  const skipped: Opened[] = [];
  for (const result of claimed) {
    const opening = openings.find(({ facts }) => facts.incident.number === result.write.issue);
    if (opening === undefined || result.write.fact.state !== "intent") continue;
    const key = attemptKey(site.repositoryId, result.write.issue, result.write.attempt);
    if (result.state === "done") intents.push({ opening, key, oid: result.oid, fact: result.write.fact });
    else skipped.push(lostClaim(opening, result));
  }
  const started = await alreadyStarted(intents, ports, settings);
  const sent = await sendAll(intents, started, inputs, ports, settings, site);
  return [...skipped, ...(await confirmAll(sent, ports, site))];
}

function intentOf({ facts, choice }: Opening, settings: Settings): ClaimWrite {
  const previous = facts.claims.find(({ attempt }) => attempt === choice.attempt);
  const before = previous?.fact === "unreadable" ? undefined : previous?.fact;
  return {
    issue: facts.incident.number,
    attempt: choice.attempt,
    from: previous?.oid,
    fact: {
      state: "intent",
      cause: before?.cause ?? (choice.kind === "claim" ? choice.cause : "unknown"),
      episode: before?.episode ?? facts.incident.episode,
      losses: choice.kind === "repeat" ? choice.losses : 0,
      refusals: before?.refusals ?? 0,
      ...(before?.refusal === undefined ? {} : { refusal: before.refusal }),
      ...spendsOf(before, choice),
      ...pickGroundwork(before ?? (choice.kind === "claim" ? (choice.ground ?? {}) : {})),
      run: settings.run,
      runAttempt: settings.runAttempt,
      deadline: new Date(settings.now + settings.leaseMs).toISOString(),
    },
  };
}

/** Causes that the attempt used up beside its own, with the command that has it sent again. */
function spendsOf(before: ClaimFact | undefined, choice: Opening["choice"]): { spends?: string[] } {
  const command = choice.kind === "repeat" ? choice.spends : undefined;
  const spent = [...(before?.spends ?? []), ...(command === undefined ? [] : [command])];
  return spent.length === 0 ? {} : { spends: spent };
}

function lostClaim(opening: Opening, result: { readonly state: string; readonly message?: string }): Opened {
  const { facts } = opening;
  if (result.state === "unknown")
    return {
      kind: "skipped",
      facts,
      reason: "in-flight",
      detail: "GitHub did not say whether the claim was made; the next run reads it",
    };
  return isRace(result.message ?? "")
    ? { kind: "skipped", facts, reason: "in-flight", detail: "another run claimed it first" }
    : {
        kind: "skipped",
        facts,
        reason: "claim-refused",
        detail: `GitHub refuses the claim ref (${result.message ?? "no reason"})`,
      };
}

/**
 * Whether the attempt of a takeover runs already. Looked up after the takeover: from then on no earlier run may
 * dispatch it, so what is not there now will not come.
 */
async function alreadyStarted(
  intents: readonly Intent[],
  ports: Ports,
  settings: Settings,
): Promise<Map<string, string | undefined>> {
  const repeated = intents.filter(({ opening }) => opening.choice.kind === "repeat");
  if (repeated.length === 0) return new Map();
  const runs = await readRuns(ports, settings.now - 3 * settings.attemptMs);
  const gates = await readGates(
    ports.target,
    ports.targetRepository,
    repeated.map(({ key }) => key),
  );
  return new Map(
    repeated.flatMap(({ key }): [string, string | undefined][] => {
      const gate = gates.get(key);
      const live = runs.find((run) => !run.ended && bearsKey(run, key));
      if (gate?.state === "absent" && live === undefined) return [];
      return [[key, gate?.state === "present" ? gate.fact.run : live?.id]];
    }),
  );
}
