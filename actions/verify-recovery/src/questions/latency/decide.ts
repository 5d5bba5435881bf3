import { HOUR } from "@patchpilot/time";
import { decideLatencyRecovery, type GateName, type LatencyRecovery } from "@patchpilot/verdict";
import type { Close, LatencyFact, VerifyCheck, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, OPEN, type VerifyAnswer, type VerifyFinding, waitUntil } from "../answer.ts";
import { capInstant } from "../cap.ts";
import { judgeFailing } from "../errors/decide.ts";
import { dueLooks, nothing } from "../errors/decide-look.ts";
import { describeProof } from "../errors/words.ts";
import { describeDurations, describeLatencyBlockers } from "./words.ts";

type Counted = Extract<LatencyFact, { state: "counted" }>;

/** Is the operation fast again? The last and dearest question of a slow one; it always ends the matter. */
export function askLatency(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { latency } = facts;
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown") {
    return halt(
      { name: "latency", state: "unknown", detail: latency.detail },
      waitUntil(capInstant(facts, settings), now, {
        verdict: "unknown",
        reason: `The durations could not be read: ${latency.detail}`,
        next: "It goes on when they can be read again.",
      }),
    );
  }
  const recovery = assess(latency, facts);
  return halt(makeCheck(recovery), judge(recovery, facts, now));
}

/** Was the close right? Counts from the close on. */
export function askLatencyLook(facts: VerifyFacts, close: Close, now: number): VerifyAnswer {
  const { latency } = facts;
  if (dueLooks(close, now).length === 0) {
    return halt(
      { name: "latency", state: "skipped", detail: "no look is due" },
      nothing("Closed; no look is due."),
    );
  }
  if (latency === undefined) return OPEN;
  if (latency.state === "unknown" || latency.summary.samples === 0) {
    const detail = latency.state === "unknown" ? latency.detail : "there has been no request since the close";
    return halt({ name: "latency", state: "unknown", detail }, nothing(`Closed; ${detail}`));
  }
  const recovery = assess(latency, facts);
  const durations = describeDurations(recovery.summary, "the close");
  if (recovery.verdict === "failing") {
    return halt(
      { name: "latency", state: "no", detail: durations },
      {
        decision: "reopen",
        verdict: "failing",
        reason: `It is slow again: ${durations} (${describeProof(recovery.evidence.logF)}).`,
        next: "A new episode begins; dispatch opens the next attempt.",
        eta: null,
      },
    );
  }
  return halt(
    { name: "latency", state: "yes", detail: durations },
    {
      decision: "confirm",
      verdict: "recovered",
      reason: `Still fast: ${durations}.`,
      next: "The next scan that finds it slow would reopen it.",
      eta: null,
    },
  );
}

/** The assessment with the gates of all questions. */
function assess({ summary }: Counted, { traffic, health }: VerifyFacts): LatencyRecovery {
  const shut: GateName[] = [...summary.shut];
  if (traffic?.state === "counted" && traffic.alive === false) shut.push("alive");
  if (health?.state === "unhealthy" || health?.state === "unknown") shut.push("healthy");
  return decideLatencyRecovery({ ...summary, shut });
}

function makeCheck({ verdict, summary }: LatencyRecovery): VerifyCheck {
  const state = verdict === "recovered" ? "yes" : verdict === "failing" ? "no" : "unknown";
  return { name: "latency", state, detail: describeDurations(summary) };
}

function judge(recovery: LatencyRecovery, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, evidence, summary } = recovery;
  const durations = describeDurations(summary);
  switch (verdict) {
    case "recovered":
      return {
        decision: "close",
        verdict,
        reason: `It is fast again: ${durations} (${describeProof(evidence.logE)}).`,
        next: "It is looked at again after 24 h and after 7 days, and reopened if it is slow again.",
        eta: null,
      };
    case "failing":
      return judgeFailing(`It is still slow: ${durations} (${describeProof(evidence.logF)}).`, facts);
    case "inconclusive":
      return {
        decision: "escalate",
        verdict,
        reason: `Undecided after ${summary.cap} h: ${durations}; ${describeLatencyBlockers(recovery, facts)}.`,
        next: "Close it if it is fast enough; the label patchpilot:retry opens one more attempt.",
        eta: null,
      };
    default:
      return judgeWaiting(recovery, facts, now);
  }
}

function judgeWaiting(recovery: LatencyRecovery, facts: VerifyFacts, now: number): VerifyFinding {
  const { verdict, etaHours, summary } = recovery;
  const cap = now + (summary.cap - summary.hours) * HOUR;
  const eta = etaHours === null ? Number.POSITIVE_INFINITY : now + etaHours * HOUR;
  const inTime = eta <= cap && eta > now;
  const improved =
    verdict === "improved" ? "faster, but not yet shown to be as fast as it should be" : "not decided yet";
  return {
    decision: "wait",
    verdict,
    reason: `${describeDurations(summary)}: ${improved}; ${describeLatencyBlockers(recovery, facts)}.`,
    next: inTime
      ? "It closes at the time given if it is as fast as it should be and the traffic is as it was."
      : `It goes to a person ${summary.cap} h after the deploy; close it sooner if it is fast enough.`,
    eta: inTime ? eta : cap,
  };
}
