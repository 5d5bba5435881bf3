import type { LatencyRecovery } from "@patchpilot/verdict";
import type { CheckName, Close, VerifyFacts } from "../../facts.ts";
import { OPEN, pass, type VerifyAnswer, type VerifyQuestion } from "../answer.ts";
import { describeProof } from "../errors/words.ts";
import type { Hold } from "../hold.ts";
import { isNearlyAll } from "../releases/decide.ts";
import { describeOldReleases } from "../releases/words.ts";
import { cannotTell, isBack, isStillAway, REOPENED, saysNothing } from "../watch/answers.ts";
import { askStillLive } from "../watch/decide.ts";
import { describeLookBegin, isLookDue } from "../watch/due.ts";
import { describeRedeploy, describeRollback } from "../watch/words.ts";
import { assessDurations } from "./decide.ts";
import { type CountedLatency, describeDurations, describeSlowRequests, findHeld } from "./words.ts";

/** What is asked of a closed slow operation: is a look due, does production still have the fix, is it slow again? */
export const lookQuestions = (close: Close): readonly (readonly [CheckName, VerifyQuestion])[] => [
  ["latency", (facts, now) => askDue(facts, close, now)],
  ["deployment", askStillLive],
  ["latency", (facts, now) => askSlowAgain(facts, close, now)],
];

function askDue({ held }: VerifyFacts, close: Close, now: number): VerifyAnswer {
  if (held) return saysNothing("latency", "patchpilot:hold is set");
  if (!isLookDue(close, now)) return saysNothing("latency", "no look is due");
  return pass({ name: "latency", state: "unknown", detail: "not measured yet" });
}

function askSlowAgain(facts: VerifyFacts, close: Close, now: number): VerifyAnswer {
  const { latency } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown")
    return doubt(latency.detail, { why: "the durations could not be read" }, [], false);
  const recovery = assessDurations(latency, facts);
  const since = describeLookBegin(close, now);
  const durations = describeDurations(latency, since);
  const counted = describeSlowRequests(latency.summary);
  const loss = findLoss(latency, facts);
  const isLost = loss !== undefined;
  if (recovery.verdict === "failing" && (!isLost || latency.all !== undefined))
    return saySlow(durations, [counted, `The odds are ${describeProof(recovery.evidence.logF)}.`]);
  if (isLost && isSlow(latency, facts))
    return sayLost(describeDurations({ summary: latency.all ?? latency.summary }, since), loss, facts);
  if (isLost) return doubtLost(durations, loss, facts);
  if (recovery.verdict !== "recovered") return doubt(durations, describeDoubt(recovery, facts), [counted]);
  return isStillAway("latency", durations, {
    reason: `Still fast: ${durations}.`,
    odds: [counted, `The odds are ${describeProof(recovery.evidence.logE)}.`],
    next: null,
  });
}

/** Whether it is slow over all releases. */
const isSlow = ({ summary, all = summary }: CountedLatency, facts: VerifyFacts): boolean =>
  assessDurations({ summary: all }, facts).verdict === "failing";

/** How production lost the fix: what is deployed says so, or it is slow and nearly all of its requests name other releases. */
function findLoss(latency: CountedLatency, facts: VerifyFacts): string | undefined {
  const { deployment, releases } = facts;
  const rollback = describeRollback(deployment);
  if (rollback !== undefined || releases === undefined) return rollback;
  return isNearlyAll(releases) && isSlow(latency, facts)
    ? `Production no longer runs the fix: ${describeOldReleases(facts).why}.`
    : undefined;
}

function describeDoubt(recovery: LatencyRecovery, facts: VerifyFacts): Hold {
  const held = findHeld(recovery, facts);
  if (held !== undefined) return held;
  return {
    why: recovery.summary.samples === 0 ? "there has been no request" : "too little speaks for either",
  };
}

function doubt(
  detail: string,
  { why, next }: Hold,
  odds: readonly string[] = [],
  answersLook = true,
): VerifyAnswer {
  const reason = `Cannot tell whether it is slow again: ${why} (${detail}).`;
  return cannotTell("latency", detail, { reason, next: next ?? null, odds }, { answersLook });
}

const doubtLost = (detail: string, loss: string, { fix }: VerifyFacts): VerifyAnswer =>
  cannotTell("latency", detail, {
    reason: `${loss} Whether it is slow again is not clear yet (${detail}).`,
    next: describeRedeploy(fix),
  });

const saySlow = (detail: string, odds: readonly string[]): VerifyAnswer =>
  isBack(
    "latency",
    detail,
    { reason: `It is slow again: ${detail}.`, follows: REOPENED, next: null, odds },
    "failing",
  );

const sayLost = (detail: string, loss: string, { fix }: VerifyFacts): VerifyAnswer =>
  isBack(
    "latency",
    detail,
    { reason: `${loss} It is slow again: ${detail}.`, next: describeRedeploy(fix) },
    "not-deployed",
  );
