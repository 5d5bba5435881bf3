import { decideLatencyRecovery, type LatencyBlocker, type LatencyRecovery } from "@patchpilot/verdict";
import type { VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding, waitForCap } from "../answer.ts";
import { findClosingQuestion } from "../closing.ts";
import { checkCount, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { describeProof } from "../errors/words.ts";
import { isNowhere } from "../releases/decide.ts";
import { describeControl, describeNowhere } from "../releases/words.ts";
import { type CountedLatency, describeDurations, describeLatencyBlockers } from "./words.ts";

/** Is the operation fast again? The last and dearest question of a slow one; it always ends the matter. */
export function askLatency(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { latency } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown")
    return haltUnknown("latency", latency.detail, UNREAD, facts, now, settings);
  const recovery = assessDurations(latency, facts);
  if (recovery.verdict === "recovered" && findClosingQuestion(facts) !== undefined) return OPEN;
  const durations = describeDurations(latency);
  const nowhere = judgeNowhere(recovery, facts, now, settings);
  return halt(
    checkCount("latency", recovery.verdict, durations),
    nowhere ?? judge({ recovery, durations }, facts, now),
  );
}

const UNREAD = {
  what: "The durations could not be read",
  next: "Verification resumes once they can be read again.",
};

export const assessDurations = ({ summary }: CountedLatency, facts: VerifyFacts): LatencyRecovery =>
  decideLatencyRecovery({ ...summary, shut: findShutGates(summary, facts) });

/** Whether releases may change what is said of an operation: it would close, or is slower than a fast one would be. */
export function isWorthSeparating(latency: CountedLatency, facts: VerifyFacts): boolean {
  const { verdict, why, summary } = assessDurations(latency, facts);
  if (SAYS_NOTHING.some((blocker) => why.includes(blocker))) return false;
  return verdict === "recovered" || (summary.slow ?? 0) > summary.expected;
}

const SAYS_NOTHING: readonly LatencyBlocker[] = ["few-samples", "too-soon", "no-contrast"];

/** Something was deployed, but nobody who uses the operation has the fix. */
function judgeNowhere(
  { verdict }: LatencyRecovery,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyFinding | undefined {
  const { releases, kind } = facts;
  if (verdict === "recovered" || verdict === "failing" || releases === undefined) return undefined;
  if (!isNowhere(releases)) return undefined;
  const nowhere = { verdict: "not-deployed", ...describeNowhere(releases, kind) } as const;
  return waitForCap(facts, now, settings, nowhere);
}

type Measured = { readonly recovery: LatencyRecovery; readonly durations: string };

function judge({ recovery, durations }: Measured, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, evidence, summary } = recovery;
  if (verdict === "recovered")
    return {
      decision: "close",
      verdict,
      reason: `It is fast again: ${durations} (${describeProof(evidence.logE)}).${describeControl(facts)}`,
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
  return judgeWaiting({ recovery, durations }, facts, now);
}

function judgeWaiting({ recovery, durations }: Measured, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, why, etaHours, summary } = recovery;
  const { inTime, eta } = expectAnswer(summary, etaHours, now);
  const improved =
    why.join() === "old-releases"
      ? "the fix works where it is, but not everything has it"
      : verdict === "improved"
        ? "faster, but not yet shown to be as fast as it should be"
        : "not decided yet";
  return {
    decision: "wait",
    verdict,
    reason: `${durations}: ${improved}; ${describeLatencyBlockers(recovery, facts)}.`,
    next: inTime
      ? "It closes at the time given if it is as fast as it should be and the traffic is as it was."
      : `It goes to a person ${summary.cap} h after the deploy; close it sooner if it is fast enough.`,
    eta,
  };
}
