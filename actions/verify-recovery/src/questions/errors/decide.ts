import { decideFrom, hasHourlyRateStayed, type RecoveryAssessment, RULE } from "@patchpilot/verdict";
import type { ErrorsFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding } from "../answer.ts";
import { checkCount, expectAnswer, findShutGates, giveUp, judgeFailing } from "../counted.ts";
import { adviseOnSibling } from "../siblings/words.ts";
import { describeBlockers, describeCounts, describeProof } from "./words.ts";

type Counted = Extract<ErrorsFact, { state: "counted" }>;

/** Did the errors stop? The last and dearest question; it always ends the matter. */
export function askErrors(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { errors } = facts;
  if (errors === undefined) return OPEN;
  if (errors.state === "unknown") return haltUnknown("errors", errors.detail, UNREAD, facts, now, settings);
  const assessment = assessErrors(errors, facts);
  if (assessment.verdict === "recovered" && facts.sibling === undefined) return OPEN;
  const detail = describeCounts(assessment.numbers, errors.source);
  return halt(checkCount("errors", assessment.verdict, detail), judge(assessment, errors, facts, now));
}

const UNREAD = {
  what: "The errors could not be counted",
  next: "Verification resumes once they can be counted again. Silence is not treated as recovery.",
};

const assessErrors = ({ summary }: Counted, facts: VerifyFacts): RecoveryAssessment =>
  decideFrom({ ...summary, shut: findShutGates(summary, facts) });

function judge(
  assessment: RecoveryAssessment,
  errors: Counted,
  facts: VerifyFacts,
  now: number,
): VerifyFinding {
  const { verdict, numbers } = assessment;
  const counts = describeCounts(numbers, errors.source);
  if (verdict === "recovered") return judgeRecovered(assessment, errors, facts);
  if (verdict === "failing")
    return judgeFailing(`The errors go on: ${counts} (${describeProof(numbers.logF)}).`, facts);
  if (verdict === "inconclusive")
    return giveUp(
      `Undecided after ${numbers.capHours} h: ${describeBlockers(assessment, facts, errors.source)}.`,
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
  const proof = `${describeCounts(numbers, source)} (${describeProof(numbers.logE)})`;
  const claim = numbers.c === 0 ? "The errors have stopped" : "Almost none of the errors are left";
  const look = "It is watched for 90 days, and reopened if the errors are back.";
  const sign = signOfLife(facts);
  const finding = { verdict: "recovered" as const, next: look, eta: null };
  if (weak.length === 0) return { ...finding, decision: "close", reason: `${claim}: ${proof}.` };
  const why = weak.map((weakness) => WEAK[weakness]).join(", and ");
  if (sign !== undefined) {
    return {
      ...finding,
      decision: "close",
      reason: `${claim}: ${proof}. Weak, since ${why}; but ${sign}.`,
    };
  }
  return {
    ...finding,
    decision: "escalate",
    reason: `${claim}, it seems: ${proof}. Weak, since ${why}, and there is no other sign of life.`,
    next: "Close it if the app is in use. With health-url, or with traffic to count, it would have closed by itself.",
  };
}

const WEAK = {
  few: `there were fewer than ${RULE.weakBelow} errors before the deploy`,
  "no-window": "the time before the deploy is too short to compare with",
  clock: "only hours could be counted, no traffic",
} as const;

function signOfLife({ health, traffic }: VerifyFacts): string | undefined {
  if (health?.state === "healthy") return "the health check answers";
  if (traffic?.state === "counted" && traffic.alive === true) return "there is traffic";
  return undefined;
}

const CLOSES = "It closes at the time given if no further error occurs and the traffic is as it was.";

const describeCap = (hours: number): string =>
  `It goes to a person ${hours} h after the deploy; close it sooner if you know that it is fixed.`;

function judgeWaiting(
  assessment: RecoveryAssessment,
  { source, summary }: Counted,
  facts: VerifyFacts,
  now: number,
): VerifyFinding {
  const { verdict, etaHours, undecidable, numbers } = assessment;
  const { inTime, eta } = expectAnswer(summary, undecidable ? null : etaHours, now);
  const counts = describeCounts(numbers, source);
  const improved =
    verdict === "improved"
      ? "fewer errors than before, but not yet shown to have stopped"
      : "not decided yet";
  return {
    decision: "wait",
    verdict,
    reason: undecidable
      ? `${counts}. The error was too rare before to be decided within ${summary.cap} h, even if it never comes back.`
      : `${counts}: ${improved}; ${describeBlockers(assessment, facts, source)}.`,
    next: adviseOnSibling(facts.sibling) ?? (inTime ? CLOSES : describeCap(summary.cap)),
    eta,
  };
}
