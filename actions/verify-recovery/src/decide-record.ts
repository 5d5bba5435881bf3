import type { RecoveryRecord } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import type { CheckName, VerifyDecision } from "./facts.ts";
import type { VerifyCase } from "./questions/case.ts";

/**
 * The record `recovery/e` after a decision, or null where the one that stands says it already: a tick that
 * decides the same again writes nothing. It holds the numbers of the decision, so that a replay repeats it.
 *
 * @param now the provider's clock, in milliseconds
 */
export function makeRecoveryRecord(
  subject: VerifyCase,
  decision: VerifyDecision,
  now: number,
): RecoveryRecord | null {
  if (!isWorthWriting(subject, decision) || !isNews(subject.previous, decision)) return null;
  const { previous } = subject;
  const { facts } = decision.numbers;
  const decidedAt = new Date(now).toISOString();
  const closedAt =
    decision.decision === "close" ? decidedAt : facts.close && new Date(facts.close.at).toISOString();
  return {
    ...(previous ?? {}),
    phase: decision.phase,
    phaseAt: phaseAt(subject, decision, decidedAt),
    reason: decision.reason,
    episode: subject.episode,
    decision: decision.decision,
    verdict: decision.verdict,
    eta: decision.eta,
    next: decision.next ?? undefined,
    needs: decision.needs,
    attempt: facts.fix.kind === "merged" ? (facts.fix.attempt ?? undefined) : undefined,
    mergeCommit: facts.fix.kind === "merged" ? facts.fix.commit : undefined,
    decidedAt,
    closedAt: decision.decision === "reopen" ? undefined : closedAt,
    looks: facts.close ? [...facts.close.looks, ...decision.looks] : [],
    anchor: anchorAfter(decision, previous),
    watchFrom: isWatched(decision.decision, decision.numbers)
      ? previous?.["watchFrom"]
      : watchFrom(decision, now),
    numbers: decision.numbers,
    checks: stateOfChecks(decision),
  };
}

/** What a later run compares: the answers, not their wording. */
function stateOfChecks({ checks }: VerifyDecision): Partial<Record<CheckName, string>> {
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]));
}

/** Nobody has to read that an accepted incident may have been fixed by some deployment, before it is known. */
function isWorthWriting({ phase }: VerifyCase, { decision, verdict }: VerifyDecision): boolean {
  if (decision === "skip") return false;
  return decision !== "watch" || phase === "needs-human" || verdict === "failing";
}

/** Rewritten if decision, verdict or a check changes, or the ETA moves by more than a quarter and an hour. */
function isNews(previous: RecoveryRecord | null, decision: VerifyDecision): boolean {
  if (previous === null) return true;
  if (decision.looks.length > 0) return true;
  if (previous.decision !== decision.decision || previous.verdict !== decision.verdict) return true;
  if (previous.phase !== decision.phase || previous.needs !== decision.needs) return true;
  const { fix } = decision.numbers.facts;
  if (fix.kind === "merged" && previous.mergeCommit !== fix.commit) return true;
  const checks = (previous.checks ?? {}) as Partial<Record<CheckName, string>>;
  if (decision.checks.some(({ name, state }) => checks[name] !== state)) return true;
  return hasEtaMoved(previous, decision.eta);
}

function hasEtaMoved({ eta, decidedAt }: RecoveryRecord, next: string | null): boolean {
  if (eta === null || eta === undefined || next === null) return (eta ?? null) !== next;
  const quarter = (Date.parse(eta) - Date.parse(decidedAt)) / 4;
  return Math.abs(Date.parse(next) - Date.parse(eta)) > Math.max(HOUR, quarter);
}

/** A watch never wins over what other actions wrote: it keeps the time at which the phase began. */
function phaseAt(
  { phase, previous, acceptedAt }: VerifyCase,
  decision: VerifyDecision,
  decidedAt: string,
): string {
  if (decision.decision === "watch") return previous?.phaseAt ?? new Date(acceptedAt).toISOString();
  return phase === decision.phase && previous?.phase === decision.phase ? previous.phaseAt : decidedAt;
}

/** A close that stands is watched from its own anchor, whatever was decided since. */
const isWatched = (decision: VerifyDecision["decision"], { facts }: VerifyDecision["numbers"]): boolean =>
  facts.close !== undefined && decision !== "reopen";

/** A disproved deployment is no anchor for what comes after it, nor is one that production went back from. */
function anchorAfter(
  { decision, verdict, numbers }: VerifyDecision,
  previous: RecoveryRecord | null,
): unknown {
  if (isWatched(decision, numbers)) return previous?.["anchor"];
  if (verdict === "failing") return undefined;
  const { deployment } = numbers.facts;
  if (deployment?.state === "live") return deployment.since;
  return deployment === undefined || deployment.state === "unknown" ? previous?.["anchor"] : undefined;
}

/** From where on deployments are watched: a disproved one opens the view on the next. */
function watchFrom({ verdict, numbers }: VerifyDecision, now: number): number | undefined {
  if (verdict === "failing") return now;
  return numbers.facts.fix.kind === "deployment" ? numbers.facts.fix.after : undefined;
}
