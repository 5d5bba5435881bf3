import { sendRepositoryDispatch, sendWorkflowDispatch } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { attemptKey, type ClaimFact, WORK_ORDER_KEY, type WorkOrder } from "@patchpilot/incident";
import { type Base, type ClaimWrite, readGates, writeClaims } from "@patchpilot/ledger";
import type { Choice } from "./choose.ts";
import type { SkipReason } from "./contract.ts";
import type { Facts, Settings } from "./facts.ts";
import type { Inputs, Ports } from "./ports.ts";
import { bearsKey, readRuns } from "./read-facts.ts";
import { buildWorkOrder } from "./work-order.ts";

/** An attempt that this run may open: chosen, and within the budgets. */
export type Opening = { readonly facts: Facts; readonly choice: Exclude<Choice, { kind: "skip" }> };

/** What came of it. `claim` is the claim as it now stands, for the record. */
export type Opened =
  | {
      readonly kind: "dispatched";
      readonly facts: Facts;
      readonly key: string;
      readonly attempt: number;
      readonly runId: string | null;
    }
  | { readonly kind: "skipped"; readonly facts: Facts; readonly reason: SkipReason; readonly detail: string };

type Intent = {
  readonly opening: Opening;
  readonly key: string;
  readonly oid: string;
  readonly fact: Extract<ClaimFact, { state: "intent" }>;
};
type Sent =
  | { readonly intent: Intent; readonly kind: "sent"; readonly runId: string | undefined }
  | {
      readonly intent: Intent;
      readonly kind: "refused";
      readonly reason: string;
      /** GitHub's or the run's own limit: asking later is all it takes. */
      readonly passing: boolean;
    }
  | { readonly intent: Intent; readonly kind: "unconfirmed"; readonly reason: string };

/** Dispatches at once; more at a time would only run into GitHub's secondary limits. */
const AT_ONCE = 8;

/** What opening needs beside the openings. */
export type Site = {
  readonly repositoryNodeId: string;
  readonly repositoryId: number;
  readonly repository: string;
  readonly base: Base;
  readonly branch: string;
};

/** Claims, dispatches and confirms: intent as a ref, one POST, then the ref again. Protocol, section 4. */
export async function openAttempts(
  openings: readonly Opening[],
  inputs: Inputs,
  ports: Ports,
  settings: Settings,
  site: Site,
): Promise<Opened[]> {
  if (openings.length === 0) return [];
  const writes = openings.map((opening) => intentOf(opening, settings));
  const claimed = await writeClaims(ports.github, ports.repository, site.repositoryNodeId, site.base, writes);
  const intents: Intent[] = [];
  const skipped: Opened[] = [];
  for (const result of claimed) {
    const opening = openings.find(({ facts }) => facts.incident.issue.number === result.write.issue);
    if (opening === undefined || result.write.fact.state !== "intent") continue;
    const key = attemptKey(site.repositoryId, result.write.issue, result.write.attempt);
    if (result.state === "done") intents.push({ opening, key, oid: result.oid, fact: result.write.fact });
    else skipped.push(lostClaim(opening, result));
  }
  const started = await alreadyStarted(intents, ports, settings);
  const sent = await sendAll(intents, started, inputs, ports, site);
  return [...skipped, ...(await confirm(sent, ports, site))];
}

function intentOf({ facts, choice }: Opening, settings: Settings): ClaimWrite {
  const previous = facts.claims.find(({ attempt }) => attempt === choice.attempt);
  const before = previous?.fact === "unreadable" ? undefined : previous?.fact;
  return {
    issue: facts.incident.issue.number,
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
  const raced = /already exists|expected|fast.?forward|match/i.test(result.message ?? "");
  return raced
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

async function sendAll(
  intents: readonly Intent[],
  started: ReadonlyMap<string, string | undefined>,
  inputs: Inputs,
  ports: Ports,
  site: Site,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let start = 0; start < intents.length; start += AT_ONCE)
    sent.push(
      ...(await Promise.all(
        intents
          .slice(start, start + AT_ONCE)
          .map(
            (intent): Promise<Sent> =>
              started.has(intent.key)
                ? Promise.resolve({ intent, kind: "sent", runId: started.get(intent.key) })
                : sendOne(intent, inputs, ports, site),
          ),
      )),
    );
  return sent;
}

async function sendOne(intent: Intent, inputs: Inputs, ports: Ports, site: Site): Promise<Sent> {
  const now = (await ports.github.clock()).getTime();
  if (now >= Date.parse(intent.fact.deadline))
    return {
      intent,
      kind: "unconfirmed",
      reason: "its lease ran out before it was dispatched; the next run takes over",
    };
  const { facts, choice } = intent.opening;
  const order = buildWorkOrder(
    facts.incident,
    { number: choice.attempt, key: intent.key },
    {
      repository: site.repository,
      repositoryId: site.repositoryId,
      agent: inputs.agent,
      autonomy: inputs.autonomy,
    },
  );
  if (order === undefined)
    return { intent, kind: "refused", reason: "the incident's record is gone", passing: false };
  try {
    return { intent, kind: "sent", runId: await post(order, inputs, ports, site) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return NO_EFFECT.has(error.kind)
      ? { intent, kind: "refused", reason: error.message, passing: LIMITS.has(error.kind) }
      : { intent, kind: "unconfirmed", reason: error.message };
  }
}

const LIMITS = new Set(["rate-limited", "budget"]);
/** Failures after which the dispatch certainly did not happen. */
const NO_EFFECT = new Set(["unauthorized", "forbidden", "not-found", "rejected", ...LIMITS]);

async function post(order: WorkOrder, inputs: Inputs, ports: Ports, site: Site): Promise<string | undefined> {
  if (inputs.via === "repository_dispatch") {
    await sendRepositoryDispatch(ports.target, ports.targetRepository, {
      type: inputs["event-type"],
      payload: { [WORK_ORDER_KEY]: order },
    });
    return undefined;
  }
  return sendWorkflowDispatch(ports.target, ports.targetRepository, {
    workflow: inputs.workflow,
    ref: inputs.ref ?? site.branch,
    inputs: { [WORK_ORDER_KEY]: JSON.stringify(order) },
    runDetails: !ports.isEnterpriseServer,
  });
}

async function confirm(sent: readonly Sent[], ports: Ports, site: Site): Promise<Opened[]> {
  const at = (await ports.github.clock()).toISOString();
  const writes = sent.flatMap((entry): ClaimWrite[] =>
    entry.kind === "unconfirmed"
      ? []
      : [
          {
            issue: entry.intent.opening.facts.incident.issue.number,
            attempt: entry.intent.opening.choice.attempt,
            from: entry.intent.oid,
            fact: confirmedFact(entry, at),
          },
        ],
  );
  const results = await writeClaims(ports.github, ports.repository, site.repositoryNodeId, site.base, writes);
  const oids = new Map(results.map((result) => [result.write.issue, result]));
  return sent.map((entry) => outcomeOf(entry, oids.get(entry.intent.opening.facts.incident.issue.number)));
}

function confirmedFact(entry: Exclude<Sent, { kind: "unconfirmed" }>, at: string): ClaimFact {
  const { cause, episode, losses, spends, refusals, refusal, run } = entry.intent.fact;
  const kept = { cause, episode, losses, ...(spends ? { spends } : {}) };
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
    issue: facts.incident.issue.number,
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
