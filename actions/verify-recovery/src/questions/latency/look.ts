import type { CheckName, Close, VerifyFacts } from "../../facts.ts";
import { OPEN, pass, type VerifyAnswer, type VerifyQuestion } from "../answer.ts";
import { describeProof } from "../errors/words.ts";
import { cannotTell, isBack, isStillAway, saysNothing } from "../watch/answers.ts";
import { askStillLive } from "../watch/decide.ts";
import { describeLookBegin, isLookDue } from "../watch/due.ts";
import { describeRedeploy, describeRollback } from "../watch/words.ts";
import { assessDurations } from "./decide.ts";
import { describeDurations } from "./words.ts";

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
  const { latency, deployment } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown") return doubt(latency.detail, "the durations could not be read", false);
  const { verdict, evidence, summary } = assessDurations(latency, facts);
  const durations = describeDurations(summary, describeLookBegin(close, now));
  const loss = describeRollback(deployment);
  if (verdict === "failing")
    return saySlowAgain(`${durations} (${describeProof(evidence.logF)})`, loss, facts);
  if (loss !== undefined) return doubt(durations, loss);
  if (summary.samples === 0) return doubt(durations, "there has been no request");
  if (verdict !== "recovered") return doubt(durations, "too little speaks for either");
  return isStillAway("latency", durations, {
    reason: `Still fast: ${durations} (${describeProof(evidence.logE)}).`,
    next: NEXT_SCAN,
  });
}

const NEXT_SCAN = "It stays closed; the next scan that finds it slow would reopen it.";

const doubt = (detail: string, why: string, answersLook = true): VerifyAnswer =>
  cannotTell(
    "latency",
    detail,
    { reason: `Cannot tell whether it is slow again: ${why}. Measured: ${detail}.`, next: NEXT_SCAN },
    { answersLook },
  );

function saySlowAgain(detail: string, loss: string | undefined, { fix }: VerifyFacts): VerifyAnswer {
  if (loss === undefined) {
    const next = "A new episode begins; dispatch opens the next attempt.";
    return isBack("latency", detail, { reason: `It is slow again: ${detail}.`, next }, "failing");
  }
  const words = { reason: `${loss} It is slow again: ${detail}.`, next: describeRedeploy(fix) };
  return isBack("latency", detail, words, "not-deployed");
}
