import {
  countAlone,
  decideFrom,
  hasHourlyRateStayed,
  type RecoveryAssessment,
  RULE,
} from "@patchpilot/verdict";
import type { ErrorsFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding, waitForCap } from "../answer.ts";
import { findClosingQuestion } from "../closing.ts";
import { checkCount, chooseSummary, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { judgeUnused } from "../operation/decide.ts";
import { isNowhere } from "../releases/decide.ts";
import { describeControl, describeNowhere } from "../releases/words.ts";
import { adviseOnSibling } from "../siblings/words.ts";
import { findSignOfLife, isVouchedFor } from "./vouch.ts";
import { describeBlockers, describeCounts, describeDoubt, describeKept, describeProof } from "./words.ts";

type Counted = Extract<ErrorsFact, { state: "counted" }>;

/** Did the errors stop? The last and dearest question; it always ends the matter. */
export function askErrors(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { errors } = facts;
  if (errors === undefined) return OPEN;
  if (errors.state === "unknown") return haltUnknown("errors", errors.detail, UNREAD, facts, now, settings);
  const unused = judgeUnused(facts, now, settings);
  if (unused !== undefined) return unused;
  const assessment = assessErrors(errors, facts);
  if (assessment.verdict === "recovered" && findClosingQuestion(facts) !== undefined) return OPEN;
  const detail = describeCounts(assessment.numbers, errors.source, facts.operation);
  return halt(
    checkCount("errors", assessment.verdict, detail),
    judge(assessment, errors, facts, now, settings),
  );
}

const UNREAD = {
  what: "The errors could not be counted",
  next: "Verification resumes once they can be counted again. Silence is not treated as recovery.",
};

function assessErrors({ summary, possiblyFixed }: Counted, facts: VerifyFacts): RecoveryAssessment {
  const shut = findShutGates(summary, facts);
  const counts = chooseSummary(facts, summary);
  // What may vouch for the counts is asked of what would close with it.
  const isOpen = findClosingQuestion(facts) !== undefined;
  const chosen = isOpen || isVouchedFor(facts) ? counts : countAlone(counts);
  const assessment = decideFrom({ ...chosen, shut });
  if (assessment.verdict !== "failing" || possiblyFixed === undefined) return assessment;
  // Only releases that may hold the fix can disprove it.
  if (decideFrom({ ...chosen, c: possiblyFixed, shut }).verdict === "failing") return assessment;
  return { ...assessment, verdict: chosen.hours >= chosen.cap ? "inconclusive" : "waiting" };
}

function judge(
  assessment: RecoveryAssessment,
  errors: Counted,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyFinding {
  const { verdict, numbers } = assessment;
  const counts = describeCounts(numbers, errors.source, facts.operation);
  const { releases } = facts;
  if (verdict !== "recovered" && verdict !== "failing" && releases && isNowhere(releases)) {
    const nowhere = { verdict: "not-deployed", ...describeNowhere(releases) } as const;
    return waitForCap(facts, now, settings, nowhere);
  }
  if (verdict === "recovered") return judgeRecovered(assessment, errors, facts);
  if (verdict === "failing")
    return judgeFailing(`The errors go on: ${counts} (${describeProof(numbers.logF)}).`, facts);
  if (verdict === "inconclusive")
    return giveUp(
      `Undecided after ${numbers.capHours} h: ${describeBlockers(assessment, facts, errors.source)}${describeDoubt(assessment, errors.byRelease)}.`,
      adviseOnSibling(facts.sibling) ??
        "Close it if you know that it is fixed; the label patchpilot:retry opens one more attempt.",
    );
  if (hasHourlyRateStayed(errors.summary))
    return giveUp(
      `As many errors an hour as before, while there is more traffic: ${counts}. Either they do not come from that traffic (a job, a bot), and nothing has changed; or each request fails less often than it did.`,
      "Look at what raises them. The label patchpilot:retry opens one more attempt; close it if this is what you expect of the fix.",
    );
  return judgeWaiting(assessment, errors, facts, now);
}

function judgeRecovered(
  { weak, numbers }: RecoveryAssessment,
  { source }: Counted,
  facts: VerifyFacts,
): VerifyFinding {
  const proof = `${describeCounts(numbers, source, facts.operation)} (${describeKept(numbers)})`;
  const claim = numbers.c === 0 ? "The errors have stopped" : "Almost none of the errors are left";
  const control = describeControl(facts);
  const look = "It is watched for 90 days, and reopened if the errors are back.";
  const finding = { verdict: "recovered" as const, next: look, eta: null };
  if (weak.length === 0) return { ...finding, decision: "close", reason: `${claim}: ${proof}.${control}` };
  if (weak.includes("flare"))
    return { ...finding, decision: "close", reason: `${claim}: ${proof}. ${FLARE}` };
  const why = weak.map((weakness) => WEAK[weakness]).join(", and ");
  const sign = findSignOfLife(facts, numbers);
  if (sign !== undefined) {
    return {
      ...finding,
      decision: "close",
      reason: `${claim}: ${proof}. Weak, since ${why}; but ${sign}.${control}`,
    };
  }
  return {
    ...finding,
    decision: "escalate",
    reason: `${claim}, it seems: ${proof}. Weak, since ${why}, and there is no other sign of life.`,
    next: "Close it if the app is in use. With health-url it would have closed by itself.",
  };
}

const WEAK = {
  few: `there were fewer than ${RULE.weakBelow} errors before the deploy`,
  "no-window": "the time before the deploy is too short to compare with",
  clock: "only hours could be counted, no traffic",
  flare: "it was known for too short a time",
} as const;

const FLARE = `Nothing shows that this fix did it: the error was known for less than ${RULE.flare.knownHours} h before the deploy, and may have calmed by itself.`;

const CLOSES = "It closes at the time given if no further error occurs and the traffic is as it was.";

const describeCap = (hours: number): string =>
  `It goes to a person ${hours} h after the deploy; close it sooner if you know that it is fixed.`;

function judgeWaiting(
  assessment: RecoveryAssessment,
  { source, summary, byRelease }: Counted,
  facts: VerifyFacts,
  now: number,
): VerifyFinding {
  const { verdict, etaHours, undecidable, numbers } = assessment;
  const { inTime, eta } = expectAnswer(summary, undecidable ? null : etaHours, now);
  const counts = describeCounts(numbers, source, facts.operation);
  const improved =
    assessment.why.join() === "old-releases"
      ? "the fix works where it is, but not everything has it"
      : verdict === "improved"
        ? "fewer errors than before, but not yet shown to have stopped"
        : "not decided yet";
  return {
    decision: "wait",
    verdict,
    reason: undecidable
      ? `${counts}. The error was too rare before to be decided within ${summary.cap} h, even if it never comes back.`
      : `${counts}: ${improved}; ${describeBlockers(assessment, facts, source)}${describeDoubt(assessment, byRelease)}.`,
    next: adviseOnSibling(facts.sibling) ?? (inTime ? CLOSES : describeCap(summary.cap)),
    eta,
  };
}
