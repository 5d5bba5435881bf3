import {
  type AttemptOutcome,
  type AttemptRecord,
  attemptKey,
  type DispatchRecord,
  type Groundwork,
  type Phase,
} from "@patchpilot/incident";
import type { Inputs } from "../contract.ts";
import type { Facts, Settings } from "../facts.ts";
import { UNASKED } from "./causes.ts";
import type { Choice } from "./choice.ts";
import { attemptsInEpisode, highestClaim } from "./claims.ts";
import { depthOf } from "./depth.ts";
import type { Settlement } from "./settle.ts";

/** Where an outcome leaves the incident, as long as attempts are left. */
const AFTER: Readonly<Record<AttemptOutcome, Phase>> = {
  lost: "needs-human",
  failed: "requeued",
  "no-change": "requeued",
  declined: "needs-human",
  merged: "verifying",
  failing: "requeued",
  replaced: "requeued",
  planned: "needs-human",
  "changes-requested": "requeued",
};

/** What a run adds to the facts of an attempt when it writes them down. */
export type Context = {
  readonly settings: Settings;
  readonly agent: string;
  readonly repositoryId: number;
  readonly start: Pick<Inputs, "via" | "event-type" | "workflow">;
};

/** What a person is told where an outcome waits for him. */
function reasonOf(outcome: AttemptOutcome, { start }: Context): string {
  if (outcome === "declined")
    return "its pull request was closed unmerged; set `patchpilot:retry` for another attempt";
  if (outcome === "planned") return "approve the plan with the label patchpilot:approved";
  if (outcome === "changes-requested") return "a reviewer asked for changes";
  if (outcome !== "lost") return `it ended: ${outcome}`;
  const trigger =
    start.via === "repository_dispatch"
      ? `is it on the default branch, enabled, listening to \`${start["event-type"]}\``
      : `is \`${start.workflow}\` enabled, listening to \`workflow_dispatch\``;
  return `the repair workflow did not start: ${trigger}?`;
}

/**
 * The record of the newest attempt, repeated from refs and pull requests so that people can read it. Pure; a fact
 * that did not change keeps its time, so that a second run writes nothing.
 */
export function attemptRecord(
  facts: Facts,
  settlement: Settlement,
  context: Context,
): AttemptRecord | undefined {
  const claim = highestClaim(facts);
  if (claim === undefined || claim.fact === "unreadable") return undefined;
  const { incident, pullRequest } = facts;
  const { settings, repositoryId } = context;
  const before = incident.records.attempts.get(claim.attempt)?.data;
  const confirmedAt = claim.fact.state === "done" ? claim.fact.confirmedAt : undefined;
  if (confirmedAt === undefined && before === undefined && settlement.kind !== "settled") return undefined;
  const state = stateOf(facts, settlement, context);
  const settledAt = settlement.kind === "settled" ? settlement.gate.at : undefined;
  const now = new Date(settings.now).toISOString();
  return {
    ...before,
    attempt: claim.attempt,
    episode: claim.fact.episode,
    key: attemptKey(repositoryId, incident.number, claim.attempt),
    cause: claim.fact.cause,
    agent: before?.agent ?? context.agent,
    ...depthRecord(facts, before, settings, claim.fact),
    ...(claim.fact.continues ? { branch: claim.fact.continues.branch } : {}),
    dispatchedAt: before?.dispatchedAt ?? confirmedAt ?? now,
    losses: claim.fact.losses,
    phase: state.phase,
    phaseAt: before?.phase === state.phase ? before.phaseAt : (settledAt ?? now),
    reason: state.reason,
    ...runOf(facts),
    ...(settlement.kind === "settled" ? { outcome: settlement.outcome } : {}),
    ...(pullRequest ? { pullRequest: pullRequest.number, pullRequestUrl: pullRequest.url } : {}),
    ...(pullRequest?.mergeCommit ? { mergeCommit: pullRequest.mergeCommit } : {}),
  };
}

/** How far the worker was told to go: written once, when it is dispatched. */
function depthRecord(
  facts: Facts,
  before: AttemptRecord | undefined,
  settings: Settings,
  ground: Groundwork,
): Pick<AttemptRecord, "autonomy" | "autonomyReasons"> {
  if (before !== undefined) return {};
  const { autonomy, reasons } = depthOf(facts, settings, ground);
  if (autonomy === "draft-pr") return {};
  return { autonomy, ...(reasons.length > 0 ? { autonomyReasons: [...reasons] } : {}) };
}

function runOf({ gate, claims }: Facts): { runId?: string } {
  if (gate.state === "present" && typeof gate.fact.run === "string") return { runId: gate.fact.run };
  const fact = claims.at(-1)?.fact;
  return fact !== undefined && fact !== "unreadable" && fact.state === "done" && fact.run
    ? { runId: fact.run }
    : {};
}

/** The episode of the attempt, which a reopened incident has left behind. */
function episodeOf(facts: Facts): number {
  const fact = highestClaim(facts)?.fact;
  return fact === undefined || fact === "unreadable" ? facts.incident.episode : fact.episode;
}

function stateOf(facts: Facts, settlement: Settlement, context: Context): { phase: Phase; reason: string } {
  const { maxAttempts, allow } = context.settings;
  if (settlement.kind === "proposed")
    return { phase: "proposed", reason: settlement.note ?? "its pull request waits for review" };
  if (settlement.kind === "in-flight") return { phase: "working", reason: "the worker is on it" };
  if (settlement.kind === "frozen" || settlement.kind === "stuck")
    return { phase: "working", reason: settlement.reason };
  if (settlement.kind !== "settled") return { phase: "working", reason: "it is being dispatched" };
  const phase = AFTER[settlement.outcome];
  if (phase === "requeued" && attemptsInEpisode(facts, episodeOf(facts)) >= maxAttempts)
    return {
      phase: "needs-human",
      reason: `all ${maxAttempts} attempts are spent; the last one ended: ${settlement.outcome}`,
    };
  if (UNASKED.includes(settlement.outcome) && !allow.includes("retry"))
    return {
      phase: "needs-human",
      reason: `it ended: ${settlement.outcome}, and \`allow\` does not hold retry`,
    };
  return { phase, reason: reasonOf(settlement.outcome, context) };
}

/** The record of a skip that no later run changes by itself; undefined where nothing has to be said. */
export function dispatchRecord(facts: Facts, choice: Choice, settings: Settings): DispatchRecord | undefined {
  if (choice.kind !== "skip" || choice.forGood !== true) return undefined;
  const before = facts.incident.records.dispatch?.data;
  const reason = `${choice.reason}: ${choice.detail}`;
  if (before !== undefined && before.reason === reason && facts.incident.phase === "needs-human")
    return before;
  return { ...before, phase: "needs-human", phaseAt: new Date(settings.now).toISOString(), reason };
}
