import { decideLatencyRecovery, type LatencyRecovery } from "@patchpilot/verdict";
import type { Close, LatencyFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding } from "../answer.ts";
import { checkCount, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { describeProof } from "../errors/words.ts";
import { cannotTell, isBack, isStillAway, saysNothing } from "../watch/answers.ts";
import { findDueLooks } from "../watch/due.ts";
import { describeDurations, describeLatencyBlockers } from "./words.ts";

type Counted = Extract<LatencyFact, { state: "counted" }>;

/** Is the operation fast again? The last and dearest question of a slow one; it always ends the matter. */
export function askLatency(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { latency } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown")
    return haltUnknown("latency", latency.detail, UNREAD, facts, now, settings);
  const recovery = assessLatency(latency, facts);
  const check = checkCount("latency", recovery.verdict, describeDurations(recovery.summary));
  return halt(check, judge(recovery, facts, now));
}

const UNREAD = {
  what: "The durations could not be read",
  next: "Verification resumes once they can be read again.",
};

/** Is it slow again? Counts from the close on. */
export function askLatencyLook(facts: VerifyFacts, close: Close, now: number): VerifyAnswer {
  const { latency, held } = facts;
  if (held) return saysNothing("latency", "patchpilot:hold is set");
  if (findDueLooks(close, now).length === 0) return saysNothing("latency", "no look is due");
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown") return doubt(latency.detail, "the durations could not be read", false);
  const { verdict, evidence, summary } = assessLatency(latency, facts);
  const durations = describeDurations(summary, "the close");
  if (verdict === "failing") {
    const reason = `It is slow again: ${durations} (${describeProof(evidence.logF)}).`;
    const next = "A new episode begins; dispatch opens the next attempt.";
    return isBack("latency", durations, { reason, next }, "failing");
  }
  if (summary.samples === 0) return doubt(durations, "there has been no request since the close");
  if (verdict !== "recovered") return doubt(durations, "too little speaks for either");
  return isStillAway("latency", durations, {
    reason: `Still fast: ${durations} (${describeProof(evidence.logE)}).`,
    next: "The next scan that finds it slow would reopen it.",
  });
}

const doubt = (detail: string, why: string, answersLook = true): VerifyAnswer =>
  cannotTell(
    "latency",
    detail,
    {
      reason: `Cannot tell whether it is slow again: ${why}. ${detail}.`,
      next: "The next scan that finds it slow would reopen it.",
    },
    { answersLook },
  );

const assessLatency = ({ summary }: Counted, facts: VerifyFacts): LatencyRecovery =>
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
