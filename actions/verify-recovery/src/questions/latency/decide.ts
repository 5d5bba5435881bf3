import { decideLatencyRecovery, type LatencyRecovery } from "@patchpilot/verdict";
import type { LatencyFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding } from "../answer.ts";
import { findClosingQuestion } from "../closing.ts";
import { checkCount, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { describeProof } from "../errors/words.ts";
import { describeDurations, describeLatencyBlockers } from "./words.ts";

type Counted = Extract<LatencyFact, { state: "counted" }>;

/** Is the operation fast again? The last and dearest question of a slow one; it always ends the matter. */
export function askLatency(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { latency } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown")
    return haltUnknown("latency", latency.detail, UNREAD, facts, now, settings);
  const recovery = assessDurations(latency, facts);
  if (recovery.verdict === "recovered" && findClosingQuestion(facts) !== undefined) return OPEN;
  const check = checkCount("latency", recovery.verdict, describeDurations(recovery.summary));
  return halt(check, judge(recovery, facts, now));
}

const UNREAD = {
  what: "The durations could not be read",
  next: "Verification resumes once they can be read again.",
};

export const assessDurations = ({ summary }: Counted, facts: VerifyFacts): LatencyRecovery =>
  decideLatencyRecovery({ ...summary, shut: findShutGates(summary, facts) });

function judge(recovery: LatencyRecovery, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, evidence, summary } = recovery;
  const durations = describeDurations(summary);
  if (verdict === "recovered")
    return {
      decision: "close",
      verdict,
      reason: `It is fast again: ${durations} (${describeProof(evidence.logE)}).`,
      next: "It is looked at again after 24 h and after 7 days, and reopened if it is slow again.",
      eta: null,
    };
  if (verdict === "failing")
    return judgeFailing(`It is still slow: ${durations} (${describeProof(evidence.logF)}).`, facts);
  if (verdict === "inconclusive")
    return giveUp(
      `Undecided after ${summary.cap} h: ${durations}; ${describeLatencyBlockers(recovery, facts)}.`,
      "Close it if it is fast enough; the label patchpilot:retry opens one more attempt.",
    );
  return judgeWaiting(recovery, facts, now);
}

function judgeWaiting(recovery: LatencyRecovery, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, etaHours, summary } = recovery;
  const { inTime, eta } = expectAnswer(summary, etaHours, now);
  const improved =
    verdict === "improved" ? "faster, but not yet shown to be as fast as it should be" : "not decided yet";
  return {
    decision: "wait",
    verdict,
    reason: `${describeDurations(summary)}: ${improved}; ${describeLatencyBlockers(recovery, facts)}.`,
    next: inTime
      ? "It closes at the time given if it is as fast as it should be and the traffic is as it was."
      : `It goes to a person ${summary.cap} h after the deploy; close it sooner if it is fast enough.`,
    eta,
  };
}
