import {
  attemptKey,
  type ClaimFact,
  joinSequences,
  listSequences,
  pickGroundwork,
} from "@patchpilot/incident";
import { type ClaimResult, type ClaimWrite, isRace, knownSequences } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { DispatchInputs } from "../contract.ts";
import { type BookedOpening, failOpening, type OpenedAttempt, type Opening } from "../decide/choice.ts";
import { claimFactOf, findEnding } from "../decide/claims.ts";
import type { DispatchSettings } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";
import { bearsKey, readRuns } from "../read/runs.ts";
import { confirmAttempts } from "./confirm-attempts.ts";
import { type ClaimedAttempt, type DispatchSite, sendAttempts } from "./send-attempts.ts";

/** Claims, dispatches and confirms: intent as a ref, one POST, then the ref again. docs/protocol.md, section 4. */
export async function openAttempts(
  openings: readonly BookedOpening[],
  inputs: DispatchInputs,
  ports: DispatchPorts,
  settings: DispatchSettings,
  site: DispatchSite,
): Promise<OpenedAttempt[]> {
  const writes = openings.map((opening) => planClaim(opening, settings));
  const claimed = await ports.writeClaims(site.home, writes);
  const intents: ClaimedAttempt[] = [];
  const skipped: OpenedAttempt[] = [];
  for (const result of claimed) {
    const opening = openings.find(({ facts }) => facts.incident.number === result.write.issue);
    if (opening === undefined || result.write.fact.state !== "intent") continue;
    const key = attemptKey(opening.facts.repositoryId, result.write.issue, result.write.attempt);
    if (result.state === "done") intents.push({ opening, key, oid: result.oid, fact: result.write.fact });
    else skipped.push(lostClaim(opening, result));
  }
  const started = await alreadyStarted(intents, ports, settings);
  const sent = await sendAttempts(intents, started, inputs, ports, settings, site);
  return [...skipped, ...(await confirmAttempts(sent, ports, site.home))];
}

/** The claim that opens an attempt, or that takes one over. Pure. */
export function planClaim(
  { facts, choice, reserves }: BookedOpening,
  settings: DispatchSettings,
): ClaimWrite {
  const previous = facts.claims.find(({ attempt }) => attempt === choice.attempt);
  const before = claimFactOf(previous);
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
      ...omitUndefined({
        refusal: before?.refusal,
        spends: addSpent(before, choice),
        after: choice.kind === "claim" ? findEnding(facts) : before?.after,
        reserves,
      }),
      records: joinSequences([
        knownSequences(facts.claims, facts.gate),
        listSequences(facts.incident.records),
      ]),
      ...pickGroundwork(before ?? (choice.kind === "claim" ? (choice.ground ?? {}) : {})),
      run: settings.run,
      runAttempt: settings.runAttempt,
      deadline: new Date(settings.now + settings.leaseMs).toISOString(),
    },
  };
}

/** Causes that the attempt used up beside its own, with the command that has it sent again. */
function addSpent(before: ClaimFact | undefined, choice: Opening["choice"]): string[] | undefined {
  const command = choice.kind === "repeat" ? choice.spends : undefined;
  const spent = [...(before?.spends ?? []), ...(command === undefined ? [] : [command])];
  return spent.length === 0 ? undefined : spent;
}

function lostClaim({ facts }: Opening, { state, message }: ClaimResult): OpenedAttempt {
  if (state === "unknown")
    return failOpening(
      facts,
      "in-flight",
      "GitHub did not say whether the claim was made; the next run reads it",
    );
  return isRace(message ?? "")
    ? failOpening(facts, "in-flight", "another run claimed it first")
    : failOpening(facts, "claim-refused", `GitHub refuses the claim ref (${message ?? "no reason"})`);
}

/**
 * Whether the attempt of a takeover runs already. Looked up after the takeover: from then on no earlier run may
 * dispatch it, so what is not there now will not come.
 */
async function alreadyStarted(
  intents: readonly ClaimedAttempt[],
  ports: DispatchPorts,
  settings: DispatchSettings,
): Promise<Map<string, string | undefined>> {
  const repeated = intents.filter(({ opening }) => opening.choice.kind === "repeat");
  if (repeated.length === 0) return new Map();
  const runs = await readRuns(ports, settings.now - 3 * settings.attemptMs);
  const gates = await ports.readGates(repeated.map(({ key }) => key));
  return new Map(
    repeated.flatMap(({ key }): [string, string | undefined][] => {
      const gate = gates.get(key);
      const live = runs.find((run) => !run.ended && bearsKey(run, key));
      if (gate?.state === "absent" && live === undefined) return [];
      return [[key, gate?.state === "present" ? gate.fact.run : live?.id]];
    }),
  );
}
