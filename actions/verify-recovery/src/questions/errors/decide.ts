import {
  countAlone,
  decideFrom,
  hasHourlyRateStayed,
  type RecoveryAssessment,
  RULE,
} from "@patchpilot/verdict";
import type { ErrorsFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { capitalise, describeLive, joinSentences, nameFix } from "../../words.ts";
import { halt, haltUnknown, OPEN, type VerifyAnswer, type VerifyFinding, waitForCap } from "../answer.ts";
import { findClosingQuestion } from "../closing.ts";
import {
  checkCount,
  chooseSummary,
  describeAnswer,
  expectAnswer,
  findShutGates,
  giveUp,
  judgeFailing,
} from "../counted.ts";
import { findSaid, type Hold, listHolds, sayHold } from "../hold.ts";
import { judgeUnused } from "../operation/decide.ts";
import { isNowhere } from "../releases/decide.ts";
import { describeControl, describeNowhere } from "../releases/words.ts";
import { listErrorHolds } from "./holds.ts";
import { findSignOfLife, isVouchedFor } from "./vouch.ts";
import {
  type CountedErrors,
  describeBefore,
  describeBuckets,
  describeCounts,
  describeFall,
  describeKept,
  describeProof,
} from "./words.ts";

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
  const summary = chooseSummary(facts, errors.summary);
  const counted = { summary, source: errors.source, operation: facts.operation };
  return halt(
    checkCount("errors", assessment.verdict, `${describeCounts(counted)}; ${describeBefore(summary)}`),
    judge({ assessment, counted, errors, facts, now, settings }),
  );
}

const UNREAD = "The errors could not be counted";

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

/** All that the words of a judgement need. */
type Judged = {
  readonly assessment: RecoveryAssessment;
  readonly counted: CountedErrors;
  readonly errors: Counted;
  readonly facts: VerifyFacts;
  readonly now: number;
  readonly settings: VerifySettings;
};

function judge(judged: Judged): VerifyFinding {
  const { assessment, counted, errors, facts, now, settings } = judged;
  const { verdict, numbers } = assessment;
  const { releases } = facts;
  if (verdict !== "recovered" && verdict !== "failing" && releases && isNowhere(releases)) {
    const nowhere = { verdict: "not-deployed", ...describeNowhere(releases) } as const;
    return waitForCap(facts, now, settings, nowhere);
  }
  if (verdict === "recovered") return judgeRecovered(judged);
  if (verdict === "failing") {
    const odds = [
      describeBuckets(counted.summary),
      `The odds that it continues are ${describeProof(numbers.logF)}.`,
    ];
    return judgeFailing(sayFailing(judged), facts, odds);
  }
  if (verdict === "inconclusive") return judgeUndecided(judged);
  if (hasHourlyRateStayed(errors.summary))
    return giveUp(
      `${describeCounts(counted)}; ${describeBefore(counted.summary)}: as many an hour as before, with more traffic. They may come from a job or a bot, or each request fails less often.`,
      "Look at what raises them. Close this issue if it is what you expect of the fix, or set the label patchpilot:retry for another attempt.",
      [describeBuckets(counted.summary)],
    );
  return judgeWaiting(judged);
}

const sayFailing = ({ counted, facts }: Judged): string => {
  const fix = nameFix(facts);
  const fall = describeFall(counted);
  const counts = `${describeCounts(counted)} since it went live; ${describeBefore(counted.summary)}`;
  return fall === undefined || /^from (\S+) to \1 /.test(fall)
    ? `${capitalise(fix)} did not help: ${counts}.`
    : `${capitalise(fix)} did not help: errors went ${fall} (${describeCounts(counted)} since it went live).`;
};

function judgeRecovered({ assessment: { weak, numbers }, counted, facts }: Judged): VerifyFinding {
  const counts = `${describeCounts(counted)} since ${nameFix(facts)} went live; ${describeBefore(counted.summary)}`;
  const claim = numbers.c === 0 ? "The errors have stopped" : "Almost none of the errors are left";
  const odds = [
    describeBuckets(counted.summary),
    `The odds are ${describeKept(numbers)}.`,
    ...describeControl(facts),
  ];
  const finding = {
    decision: "close",
    verdict: "recovered",
    follows: WATCHED,
    next: null,
    odds,
    eta: null,
  } as const;
  if (weak.length === 0) return { ...finding, reason: `${claim}: ${counts}.` };
  const { follows: _, ...found } = finding;
  if (weak.includes("flare")) return { ...found, reason: `${claim}: ${counts}. ${FLARE}` };
  const why = weak.map((weakness) => WEAK[weakness]).join(", and ");
  const sign = findSignOfLife(facts, numbers);
  if (sign !== undefined)
    return { ...finding, reason: `${claim}: ${counts}. That alone is weak, because ${why}; but ${sign}.` };
  return {
    ...found,
    decision: "escalate",
    reason: `${claim}, it seems: ${counts}. That is weak, because ${why}, and there is no other sign of life.`,
    next: "Close this issue if the app is in use. With `health-url` set it would have closed by itself.",
  };
}

const WATCHED = "PatchPilot watches it for 90 days.";

const WEAK = {
  few: `there were fewer than ${RULE.weakBelow} errors before`,
  "no-window": "the time before the deploy is too short to compare with",
  clock: "no traffic could be counted",
  flare: "it was known for too short a time",
} as const;

const FLARE = `Nothing shows that the fix did it: the error was under ${RULE.flare.knownHours} h old and may have calmed by itself.`;

const LOG_IMPROVED = Math.log(RULE.threshold);

/** What was seen so far, as a sentence: how far the errors fell if they surely did, else their number. */
function saySeen({ assessment, counted, facts, now }: Judged, held?: Hold): string {
  const { numbers, why } = assessment;
  const counts = describeCounts(counted, "the first ");
  const fall = describeFall(counted);
  if (why.join() === "old-releases" && counted.summary.c === 0)
    return `No error comes from releases with ${nameFix(facts)}; ${describeBefore(counted.summary)}.`;
  if (counted.summary.c > 0 && numbers.logImproved >= LOG_IMPROVED && fall !== undefined)
    return `Errors fell ${fall} with ${nameFix(facts)} but have not stopped (${counts}).`;
  // What holds it up says more than the date and the rate before.
  if (held !== undefined) return `${capitalise(counts)} after ${nameFix(facts)} went live.`;
  return `${capitalise(counts)} after ${describeLive(facts, now)}; ${describeBefore(counted.summary)}.`;
}

const listOdds = ({ counted, facts }: Judged, holds: readonly Hold[]): string[] => [
  describeBuckets(counted.summary),
  ...listHolds(holds),
  ...describeControl(facts),
];

function judgeUndecided(judged: Judged): VerifyFinding {
  const { assessment, counted, facts } = judged;
  const holds = listErrorHolds(assessment, facts, counted.source);
  const held = findSaid(holds);
  const doubt = describeDoubt(judged);
  const little = counted.summary.c === 0 ? "That is too little to tell whether it is over." : "";
  const why = sayHold(held) || doubt?.why || little;
  return giveUp(
    joinSentences(`Undecided after ${assessment.numbers.capHours} h.`, saySeen(judged, held), why),
    held?.next ??
      doubt?.next ??
      "Close this issue if you know that it is fixed, or set the label patchpilot:retry for another attempt.",
    listOdds(judged, holds),
  );
}

/** Why continuing errors do not disprove the fix yet; undefined if they do, or if they are over. */
function describeDoubt({ assessment, errors }: Judged): { why: string; next?: string } | undefined {
  const { why, numbers } = assessment;
  if (numbers.logF < Math.log(RULE.threshold) || why.includes("old-releases")) return undefined;
  return errors.byRelease
    ? { why: "They are falling, so they do not disprove the fix." }
    : {
        why: "They may come from old clients that are leaving.",
        next: "Set `release` in Sentry to the commit, so old clients are counted separately.",
      };
}

function judgeWaiting(judged: Judged): VerifyFinding {
  const { assessment, counted, errors, facts, now, settings } = judged;
  const { verdict, etaHours, undecidable, numbers } = assessment;
  const answer = expectAnswer(errors.summary, undecidable ? null : etaHours, now);
  const holds = listErrorHolds(assessment, facts, counted.source);
  const held = findSaid(holds);
  const doubt = describeDoubt(judged);
  const early = numbers.logImproved < LOG_IMPROVED ? "Too early to say." : "";
  const rare = undecidable
    ? `Too rare to tell within ${errors.summary.cap} h whether it is over.`
    : undefined;
  const expected = describeAnswer(answer, held !== undefined, now, settings);
  return {
    decision: "wait",
    verdict,
    reason: joinSentences("", saySeen(judged, held), rare ?? (sayHold(held) || doubt?.why || early)),
    follows: expected,
    next: held?.next ?? doubt?.next ?? null,
    odds: listOdds(judged, holds),
    eta: answer.eta,
  };
}
