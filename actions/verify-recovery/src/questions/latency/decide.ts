import { decideLatencyRecovery, type LatencyBlocker, type LatencyRecovery } from "@patchpilot/verdict";
import type { VerifyFacts, VerifySettings } from "../../facts.ts";
import { capitalise, describeLive, joinSentences, nameFix } from "../../words.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding, waitForCap } from "../answer.ts";
import { findClosingQuestion } from "../closing.ts";
import { checkCount, describeAnswer, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { describeProof } from "../errors/words.ts";
import { findSaid, type Hold, listHolds, sayHold } from "../hold.ts";
import { isNowhere } from "../releases/decide.ts";
import { describeControl, describeNowhere } from "../releases/words.ts";
import { type CountedLatency, describeDurations, describeSlowRequests, listSlowHolds } from "./words.ts";

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
    nowhere ?? judge({ recovery, latency, facts, now, settings }),
  );
}

const UNREAD = "The durations could not be read";

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

/** All that the words of a judgement need. */
type Measured = {
  readonly recovery: LatencyRecovery;
  readonly latency: CountedLatency;
  readonly facts: VerifyFacts;
  readonly now: number;
  readonly settings: VerifySettings;
};

const sinceLive = ({ facts, now }: Measured): string => describeLive(facts, now);

function judge(measured: Measured): VerifyFinding {
  const { recovery, latency, facts } = measured;
  const { verdict, evidence, summary } = recovery;
  const durations = describeDurations(latency, sinceLive(measured));
  const counted = describeSlowRequests(latency.summary);
  if (verdict === "recovered")
    return {
      decision: "close",
      verdict,
      reason: `Fast again: ${durations}.`,
      follows: "It is looked at again after 24 h and 7 days.",
      next: null,
      odds: [counted, `The odds are ${describeProof(evidence.logE)}.`, ...describeControl(facts)],
      eta: null,
    };
  if (verdict === "failing") {
    const odds = [counted, `The odds that it is still slow are ${describeProof(evidence.logF)}.`];
    return judgeFailing(`Still slow: ${durations}.`, facts, odds);
  }
  const holds = listSlowHolds(recovery, facts);
  const odds = [counted, ...listHolds(holds), ...describeControl(facts)];
  if (verdict !== "inconclusive") return judgeWaiting(measured, holds, odds);
  const held = findSaid(holds);
  const next =
    "Close this issue if it is fast enough, or set the label patchpilot:retry for another attempt.";
  return giveUp(
    joinSentences("", `Undecided after ${summary.cap} h: ${durations}.`, sayHold(held)),
    held?.next ?? next,
    odds,
  );
}

function judgeWaiting(measured: Measured, holds: readonly Hold[], odds: readonly string[]): VerifyFinding {
  const { recovery, latency, facts, now, settings } = measured;
  const { verdict, why, etaHours, summary } = recovery;
  const answer = expectAnswer(summary, etaHours, now);
  const held = findSaid(holds);
  const state =
    why.join() === "old-releases"
      ? ""
      : verdict === "improved"
        ? "Faster, but not yet as fast as it should be."
        : held === undefined
          ? "Too early to say."
          : "";
  // What holds it up says more than the date and the target.
  const since = held === undefined ? describeLive(facts, now) : `${nameFix(facts)} went live`;
  const durations = `${capitalise(describeDurations(latency, since, held === undefined).replace(/^p95/, "its p95"))}.`;
  const expected = describeAnswer(answer, held !== undefined, now, settings);
  return {
    decision: "wait",
    verdict,
    reason: joinSentences("", durations, state, sayHold(held)),
    follows: expected,
    next: held?.next ?? null,
    odds,
    eta: answer.eta,
  };
}
