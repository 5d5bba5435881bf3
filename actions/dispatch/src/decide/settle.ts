import { type AttemptOutcome, type ClaimFact, type GateFact, isHeld } from "@patchpilot/incident";
import { explainOlder, knownSequences } from "@patchpilot/ledger";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { highestClaim, isSpent, redispatchCause } from "./claims.ts";
import { findDisproved } from "./disproved.ts";
import { type Closing, judgeEndedRun } from "./ended-run.ts";
import { judgeRedChecks } from "./red-checks.ts";

export type ClosedGate = Extract<GateFact, { state: "closed" }>;

/** What becomes of the highest attempt of an incident. */
export type Settlement =
  /** Nothing was ever claimed. */
  | { readonly kind: "none" }
  /** The gate is closed: the outcome stands. */
  | { readonly kind: "settled"; readonly outcome: AttemptOutcome; readonly gate: ClosedGate }
  /** The gate is to be closed with this outcome. */
  | Closing
  /** The dispatched run never started, for the first time: the same attempt goes out once more. */
  | { readonly kind: "loss"; readonly reason: string }
  /** Claimed but not confirmed, and nobody's lease holds: this run takes it over. */
  | { readonly kind: "takeover"; readonly fact: ClaimFact }
  /** `note`: what is said of it beside that it waits for review. */
  | { readonly kind: "proposed"; readonly note?: string }
  | { readonly kind: "in-flight"; readonly reason: string }
  /** GitHub refuses to close the gate, and nobody else has moved it: a permission or a ruleset. */
  | { readonly kind: "stuck"; readonly reason: string }
  /** A record is older than claims or gate say: nothing may rest on it. */
  | { readonly kind: "older-record"; readonly reason: string }
  /** A ref is not ours or gone: a person has to look. */
  | { readonly kind: "frozen"; readonly reason: string };

/** One incident with what became of its newest attempt. */
export type Settled = { readonly facts: DispatchFacts; readonly settlement: Settlement };

/**
 * Settles the attempt in flight by the table in docs/protocol.md, section 5. Pure: the run list was read before the gate
 * and the pull request, so an ended run that left no pull request really left none.
 */
export function settleAttempt(facts: DispatchFacts, settings: DispatchSettings): Settlement {
  const claim = highestClaim(facts);
  const older = explainOlder(facts.incident.records, knownSequences(facts.claims, facts.gate));
  if (older !== undefined) return { kind: "older-record", reason: older };
  const gone = goneClaim(facts, settings);
  if (gone !== undefined) return { kind: "frozen", reason: `the claim of attempt ${gone} is gone` };
  if (claim === undefined) return { kind: "none" };
  if (claim.fact === "unreadable" || facts.gate.state === "unreadable") {
    const ref = claim.fact === "unreadable" ? "claim" : "gate";
    return {
      kind: "frozen",
      reason: `the ${ref} of attempt ${claim.attempt} is not one that PatchPilot wrote`,
    };
  }
  if (facts.gate.state === "present" && facts.gate.fact.state === "closed")
    return { kind: "settled", outcome: facts.gate.fact.outcome, gate: facts.gate.fact };
  if (claim.fact.state !== "done") return settleUnconfirmed(facts, claim.fact, settings);
  return settleConfirmed(facts, claim.fact, settings);
}

/**
 * The attempt that a record names beyond the highest claim: somebody deleted its ref, and counting anew would give
 * its number out twice. A ref that was made just now may be missing from a replica, so the record is given time.
 */
function goneClaim(facts: DispatchFacts, settings: DispatchSettings): number | undefined {
  const highest = highestClaim(facts)?.attempt ?? 0;
  return [...facts.incident.records.attempts.values()]
    .map(({ data }) => data)
    .find((record) => record.attempt > highest && isOld(record.dispatchedAt, settings))?.attempt;
}

const isOld = (instant: string, { now, startMs }: DispatchSettings): boolean =>
  now > Date.parse(instant) + startMs;

function settleUnconfirmed(facts: DispatchFacts, fact: ClaimFact, settings: DispatchSettings): Settlement {
  // A worker that got through the gate proves the dispatch, whatever the claim says; the takeover confirms it.
  if (facts.gate.state === "present") return { kind: "takeover", fact };
  if (fact.state === "intent" && settings.now < Date.parse(fact.deadline))
    return { kind: "in-flight", reason: `run ${fact.run} has the lease until ${fact.deadline}` };
  return settleAbandoned(facts, fact, settings) ?? { kind: "takeover", fact };
}

/** What it was to go on with was merged or closed before it was sent: there is nothing left to do. */
function settleAbandoned(
  facts: DispatchFacts,
  fact: ClaimFact,
  settings: DispatchSettings,
): Settlement | undefined {
  const isOver = facts.pullRequest !== undefined && facts.pullRequest.state !== "open";
  return fact.continues !== undefined && isOver ? settlePullRequest(facts, fact, settings) : undefined;
}

function settleConfirmed(
  facts: DispatchFacts,
  fact: Extract<ClaimFact, { state: "done" }>,
  settings: DispatchSettings,
): Settlement {
  const byPullRequest = failingVerdict(facts) ?? settlePullRequest(facts, fact, settings) ?? planned(facts);
  if (byPullRequest) return byPullRequest;
  if (isReplacing(facts, settings)) return settleReplacement(facts);
  return facts.gate.state === "present"
    ? settleByGate(facts, facts.gate.fact, fact, settings)
    : settleWithoutGate(facts, fact, settings);
}

function settlePullRequest(
  facts: DispatchFacts,
  { continues }: ClaimFact,
  settings: DispatchSettings,
): Settlement | undefined {
  const { pullRequest } = facts;
  if (pullRequest === undefined) return undefined;
  if (pullRequest.state === "open")
    // What it goes on with is an earlier attempt's work until something was added.
    return continues?.head === pullRequest.headOid ? undefined : settleOpen(facts, settings);
  return pullRequest.state === "merged"
    ? { kind: "close", outcome: "merged", reason: `pull request #${pullRequest.number} was merged` }
    : {
        kind: "close",
        outcome: "declined",
        reason: `pull request #${pullRequest.number} was closed unmerged`,
      };
}

function settleOpen(facts: DispatchFacts, settings: DispatchSettings): Settlement {
  const { changeRequest, incident } = facts;
  if (changeRequest === undefined) return settleChecks(facts, settings);
  if (changeRequest.isOthers)
    return {
      kind: "proposed",
      note: "a reviewer asks for changes, but someone else has pushed to its branch, so PatchPilot does not touch it",
    };
  return mayAct(incident)
    ? { kind: "close", outcome: "changes-requested", reason: "a reviewer asked for changes" }
    : { kind: "proposed" };
}

function settleChecks(facts: DispatchFacts, settings: DispatchSettings): Settlement {
  const verdict = judgeRedChecks(facts, settings);
  if (verdict.kind === "repair" && mayAct(facts.incident))
    return {
      kind: "close",
      outcome: "changes-requested",
      ending: "red-checks",
      reason: "checks of its pull request went red",
    };
  return { kind: "proposed", ...(verdict.kind === "leave" && verdict.note ? { note: verdict.note } : {}) };
}

/** A plan that was posted is what its attempt was for. */
function planned({ incident, claims, gate }: DispatchFacts): Settlement | undefined {
  const attempt = claims.at(-1)?.attempt ?? 0;
  if (gate.state !== "present" || !incident.records.plans.has(attempt)) return undefined;
  return { kind: "close", outcome: "planned", reason: "its plan is on the issue" };
}

/** Neither closed nor on hold. */
export const mayAct = (incident: DispatchFacts["incident"]): boolean => incident.open && !isHeld(incident);

/** Production judged the fix before this action saw the merge. Without the merge, a record alone closes nothing. */
function failingVerdict(facts: DispatchFacts): Settlement | undefined {
  const { pullRequest, incident } = facts;
  const disproved = findDisproved(incident, highestClaim(facts));
  if (pullRequest?.state !== "merged" || pullRequest.mergeCommit !== disproved) return undefined;
  return { kind: "close", outcome: "failing", reason: "production shows that the fix did not help" };
}

/** A person's `redispatch` replaces what is in flight once, and never against a person who holds or closed it. */
function isReplacing(facts: DispatchFacts, settings: DispatchSettings): boolean {
  return settings.redispatch && mayAct(facts.incident) && !isSpent(facts, redispatchCause(settings));
}

function settleReplacement(facts: DispatchFacts): Settlement {
  const { gate } = facts;
  const publishing = gate.state === "present" && gate.fact.state === "publishing" && gate.fact.waits !== true;
  return publishing
    ? { kind: "in-flight", reason: "it is publishing its pull request, which cannot be replaced" }
    : { kind: "close", outcome: "replaced", reason: "someone asked for another attempt" };
}

function settleByGate(
  facts: DispatchFacts,
  gate: GateFact,
  claim: Extract<ClaimFact, { state: "done" }>,
  settings: DispatchSettings,
): Settlement {
  if (gate.state === "closed") return { kind: "settled", outcome: gate.outcome, gate };
  const run = facts.runs.find((candidate) => candidate.id === gate.run);
  const ended = run?.ended === true && run.attempt >= gate.runAttempt;
  const overdue = settings.now > Date.parse(claim.confirmedAt) + settings.attemptMs;
  if (gate.state === "publishing" && gate.waits === true && !overdue)
    return {
      kind: "in-flight",
      reason: `run ${gate.run} waits for a maintainer's word, because the proof of its patch is too weak`,
    };
  if (gate.state === "publishing") {
    // A list of pull requests may be old, so the run's end is given time before "no pull request" is believed.
    if (ended && settings.now > Date.parse(run.updatedAt) + settings.startMs)
      return judgeEndedRun(facts, run, settings);
    if (run === undefined && overdue && !isJustMoved(facts, settings))
      return { kind: "close", outcome: "failed", reason: `run ${gate.run} is gone and left no pull request` };
    return { kind: "in-flight", reason: `run ${gate.run} is publishing` };
  }
  if (ended) return judgeEndedRun(facts, run, settings);
  return overdue
    ? { kind: "close", outcome: "failed", reason: "it did not finish in time" }
    : { kind: "in-flight", reason: `run ${gate.run} is working` };
}

/** A run that came up once the list was read, or that the list does not show yet, is missing from it, and not gone. */
const isJustMoved = ({ gate }: DispatchFacts, settings: DispatchSettings): boolean =>
  gate.state === "present" && gate.movedAt !== undefined && !isOld(gate.movedAt, settings);

function settleWithoutGate(
  facts: DispatchFacts,
  claim: Extract<ClaimFact, { state: "done" }>,
  settings: DispatchSettings,
): Settlement {
  const [newest] = facts.runs;
  const confirmed = Date.parse(claim.confirmedAt);
  if (newest === undefined) {
    if (settings.now <= confirmed + settings.startMs)
      return { kind: "in-flight", reason: "it was dispatched; its run has not appeared yet" };
    return claim.losses === 0
      ? { kind: "loss", reason: "the dispatched run did not start" }
      : { kind: "close", outcome: "lost", reason: "the repair workflow did not start, twice" };
  }
  if (facts.runs.every((run) => run.ended)) return judgeEndedRun(facts, newest, settings);
  return settings.now > confirmed + settings.attemptMs
    ? { kind: "close", outcome: "failed", reason: "its run never reached the gate in time" }
    : { kind: "in-flight", reason: `run ${newest.id} has started` };
}
