import {
  type AttemptOutcome,
  type AttemptRecord,
  attemptKey,
  type ClaimFact,
  type DispatchRecord,
  type Groundwork,
  type Phase,
  type PublishedProof,
} from "@patchpilot/incident";
import type { Gate } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import { ATTEMPT_REASONS, nameOutcome } from "@patchpilot/status";
import type { DispatchInputs } from "../contract.ts";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { UNASKED } from "./causes.ts";
import { type DispatchChoice, isCapped } from "./choice.ts";
import {
  attemptsInEpisode,
  claimFactOf,
  countInterruptions,
  highestClaim,
  MOST_INTERRUPTIONS,
} from "./claims.ts";
import { judgeDepth } from "./depth.ts";
import { CAUSES, explainOutcome } from "./explain-outcome.ts";
import { isInVain } from "./pending-checks.ts";
import type { ClosedGate, Settlement } from "./settle.ts";

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
export type RecordContext = {
  readonly settings: DispatchSettings;
  readonly agent: string;
  /** Address of the repository that the workers run in. */
  readonly runHome: string;
  readonly start: Pick<DispatchInputs, "via" | "event-type" | "workflow">;
};

/**
 * The record of the newest attempt, repeated from refs and pull requests so that people can read it. Pure; a fact
 * that did not change keeps its time, so that a second run writes nothing.
 */
export function makeAttemptRecord(
  facts: DispatchFacts,
  settlement: Settlement,
  context: RecordContext,
): AttemptRecord | undefined {
  const claim = highestClaim(facts);
  const fact = claimFactOf(claim);
  if (claim === undefined || fact === undefined) return undefined;
  const { incident } = facts;
  const { settings } = context;
  const before = incident.records.attempts.get(claim.attempt)?.data;
  const confirmedAt = fact.state === "done" ? fact.confirmedAt : undefined;
  if (confirmedAt === undefined && before === undefined && settlement.kind !== "settled") return undefined;
  const state = judgeState(facts, settlement, context);
  const { needs: _, ...kept } = before ?? {};
  const run = findRun(facts.gate, fact);
  const settled = settlement.kind === "settled" ? settlement : undefined;
  const now = new Date(settings.now).toISOString();
  return {
    ...kept,
    attempt: claim.attempt,
    episode: fact.episode,
    key: attemptKey(facts.repositoryId, incident.number, claim.attempt),
    cause: fact.cause,
    agent: before?.agent ?? context.agent,
    ...recordDepth(facts, before, settings, fact),
    ...omitUndefined({ branch: fact.continues?.branch }),
    dispatchedAt: before?.dispatchedAt ?? confirmedAt ?? now,
    losses: fact.losses,
    phase: state.phase,
    phaseAt: before?.phase === state.phase ? before.phaseAt : (settled?.gate.at ?? now),
    reason: state.reason,
    ...omitUndefined({
      needs: state.needs,
      runId: run,
      runUrl: run && `${context.runHome}/actions/runs/${run}`,
      workflowUrl: settled?.outcome === "lost" ? locateWorkflow(context) : undefined,
    }),
    ...recordEnd(facts, settled, before),
  };
}

/** GitHub leads `HEAD` to the default branch. Undefined: the workflow is not named by its file. */
const locateWorkflow = ({ runHome, start: { workflow } }: RecordContext): string | undefined =>
  /^[\w.-]+\.ya?ml$/.test(workflow) ? `${runHome}/blob/HEAD/.github/workflows/${workflow}` : undefined;

/** What is known of how it ended, and of its pull request. */
function recordEnd(
  { gate, pullRequest }: DispatchFacts,
  settled: Extract<Settlement, { readonly kind: "settled" }> | undefined,
  before: AttemptRecord | undefined,
): Partial<AttemptRecord> {
  return omitUndefined({
    proof: findProof(gate) ?? before?.proof,
    outcome: settled?.outcome,
    ending: settled?.gate.ending,
    endingCause: settled?.gate.cause,
    pullRequest: pullRequest?.number,
    pullRequestUrl: pullRequest?.url,
    mergeCommit: pullRequest?.mergeCommit || undefined,
    mergedAt: pullRequest?.mergedAt || undefined,
  });
}

/** How far the worker was told to go: written once, when it is dispatched. */
function recordDepth(
  facts: DispatchFacts,
  before: AttemptRecord | undefined,
  settings: DispatchSettings,
  ground: Groundwork,
): Pick<AttemptRecord, "autonomy" | "autonomyReasons"> {
  if (before !== undefined) return {};
  const { autonomy, reasons } = judgeDepth(facts, settings, ground);
  if (autonomy === "draft-pr") return {};
  return omitUndefined({ autonomy, autonomyReasons: reasons.length > 0 ? [...reasons] : undefined });
}

/** What `publish` learnt of the patch, once it publishes. */
const findProof = (gate: Gate): PublishedProof | undefined =>
  gate.state === "present" && gate.fact.state === "publishing" ? gate.fact.proof : undefined;

function findRun(gate: Gate, fact: ClaimFact): string | undefined {
  if (gate.state === "present" && typeof gate.fact.run === "string") return gate.fact.run;
  return (fact.state === "done" && fact.run) || undefined;
}

type AttemptState = { readonly phase: Phase; readonly reason: string; readonly needs?: string };

function judgeState(facts: DispatchFacts, settlement: Settlement, context: RecordContext): AttemptState {
  const { maxAttempts, allow } = context.settings;
  if (settlement.kind === "proposed")
    return { phase: "proposed", reason: settlement.note ?? ATTEMPT_REASONS.review };
  if (settlement.kind === "in-flight") return judgeWorking(facts);
  if (settlement.kind === "frozen" || settlement.kind === "stuck")
    return { phase: "working", reason: settlement.reason };
  if (settlement.kind !== "settled") return { phase: "working", reason: "it is being dispatched" };
  const { ending } = settlement.gate;
  const claim = claimFactOf(highestClaim(facts));
  if (isInVain(claim ?? {}, settlement.outcome, ending))
    return { phase: "needs-human", reason: SAME_CHECKS, needs: "same-checks" };
  const barred = barByEnding(facts, settlement.gate, claim?.episode);
  if (barred !== undefined) return { phase: "needs-human", reason: barred };
  const phase = AFTER[settlement.outcome];
  if (phase === "requeued" && attemptsInEpisode(facts, claim?.episode) >= maxAttempts)
    return {
      phase: "needs-human",
      reason: `all ${maxAttempts} attempts are used; the last one ${nameOutcome(ending ?? settlement.outcome)}`,
      needs: "spent",
    };
  if (UNASKED.includes(settlement.outcome) && !allow.includes("retry"))
    return {
      phase: "needs-human",
      reason: `it ${nameOutcome(settlement.outcome)}, and \`allow\` lacks retry`,
      needs: "not-allowed",
    };
  return { phase, reason: explainOutcome(settlement.outcome, settlement.gate, context) };
}

/** An attempt that is not settled; `publish` may have said already that it ends without a pull request. */
function judgeWorking(facts: DispatchFacts): AttemptState {
  if (waitsForWord(facts.gate))
    return { phase: "working", reason: ATTEMPT_REASONS.publish, needs: "publish" };
  const written = facts.incident.records.attempts.get(highestClaim(facts)?.attempt ?? 0)?.data;
  return written?.reason === ATTEMPT_REASONS.unpublished
    ? { phase: written.phase, reason: written.reason }
    : { phase: "working", reason: "the worker is on it" };
}

const SAME_CHECKS =
  "the same checks are red on the same files; fix or close its pull request, or set `patchpilot:retry` for another attempt";

const waitsForWord = (gate: Gate): boolean =>
  gate.state === "present" && gate.fact.state === "publishing" && gate.fact.waits === true;

/** Why an ending waits for people, whatever is left of the attempts. */
function barByEnding(
  facts: DispatchFacts,
  { ending, cause }: ClosedGate,
  episode: number | undefined,
): string | undefined {
  if (ending === "asked")
    return "the agent asks a question; answer with a comment that begins with `/patchpilot answer`, or set `patchpilot:retry` for an attempt without an answer";
  if (ending === "reported")
    return "its report is on the issue; close the issue, or set `patchpilot:retry` for another report";
  if (ending !== "interrupted" || countInterruptions(facts, episode) < MOST_INTERRUPTIONS) return undefined;
  return `${MOST_INTERRUPTIONS} attempts in a row were interrupted (${CAUSES[cause ?? "infrastructure"]}); correct that, then set \`patchpilot:retry\``;
}

/** What came of an incident in this run, for the record that says why no attempt opens. */
type Chosen = {
  readonly choice: DispatchChoice;
  /** With what this run writes beside it. */
  readonly phase: Phase | undefined;
  readonly isOpened: boolean;
};

/**
 * The record of a skip that no later run changes by itself, or of a pause (a cap, `autonomy: observe`), which leaves the
 * phase as it is and is taken back once an attempt opens. undefined where nothing has to be said.
 */
export function makeDispatchRecord(
  facts: DispatchFacts,
  { choice, phase, isOpened }: Chosen,
  settings: DispatchSettings,
): DispatchRecord | undefined {
  const before = facts.incident.records.dispatch?.data;
  if (isOpened) return before !== undefined && isPause(before) ? { ...before, reason: WENT_ON } : undefined;
  const isPaused =
    isCapped(choice) || (choice.kind === "skip" && choice.reason === "observe" && !choice.forGood);
  if (choice.kind !== "skip" || (choice.forGood !== true && !isPaused)) return undefined;
  const reason = `${choice.reason}: ${choice.detail}`;
  const now = isPaused ? phase : "needs-human";
  if (now === undefined) return undefined;
  if (before?.reason === reason && facts.incident.phase === now) return before;
  return { ...before, phase: now, phaseAt: new Date(settings.now).toISOString(), reason };
}

const isPause = ({ phase, reason }: DispatchRecord): boolean =>
  phase !== "needs-human" && /^(?:spend-cap|observe): /.test(reason);

/** In place of a cap that is reached no longer, and of `autonomy: observe` that is over. */
export const WENT_ON = "went-on";
