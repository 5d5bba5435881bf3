import { isWatched } from "@patchpilot/incident";
import { decideWatch } from "@patchpilot/verdict";
import type { CheckName, Close, VerifyFacts } from "../../facts.ts";
import { capitalise, describeCommit } from "../../words.ts";
import { endSentence, OPEN, pass, type VerifyAnswer, type VerifyQuestion } from "../answer.ts";
import { describeProof } from "../errors/words.ts";
import { isSensorDoubted } from "../sensor/decide.ts";
import { describeSensor } from "../sensor/words.ts";
import { cannotTell, isBack, isStillAway, REOPENED, saysNothing } from "./answers.ts";
import { describeLookBegin, isAnswerDue, isSeenAgain } from "./due.ts";
import {
  type CountedWatch,
  describeAway,
  describeBeginning,
  describeLoss,
  describeRaising,
  describeRedeploy,
  describeSince,
} from "./words.ts";

/** What is asked of a closed error: was it seen again, does production still have the fix, and is it back? */
export const watchQuestions = (close: Close): readonly (readonly [CheckName, VerifyQuestion])[] => [
  ["errors", (facts, now) => askSeenAgain(facts, close, now)],
  ["deployment", askStillLive],
  ["errors", (facts, now) => askBack(facts, close, now)],
];

/** For most closed errors a list shows that nothing has to be counted. */
function askSeenAgain({ held, sign }: VerifyFacts, close: Close, now: number): VerifyAnswer {
  if (held) return saysNothing("errors", "patchpilot:hold is set");
  if (!isWatched(close.at, now)) return saysNothing("errors", "its watch is over");
  if (sign === undefined) return OPEN;
  if (!isAnswerDue(close, sign, now) && !isSeenAgain(sign, close, now))
    return saysNothing("errors", "no look is due");
  return pass({ name: "errors", state: "unknown", detail: "not counted yet" });
}

/** Whatever is deployed, what was counted decides: this only separates a fix that failed from one that production lost. */
export function askStillLive({ deployment, fix }: VerifyFacts): VerifyAnswer {
  if (fix.kind === "deployment")
    return pass({ name: "deployment", state: "skipped", detail: "no fix is known" });
  if (deployment === undefined) return OPEN;
  if (deployment.state === "live")
    return pass({
      name: "deployment",
      state: "yes",
      detail: `${describeCommit(deployment.sha)} has the fix`,
    });
  const state = deployment.state === "unknown" ? "unknown" : "no";
  return pass({ name: "deployment", state, detail: deployment.detail });
}

/** Between the looks only what changes the answer is said. */
function askBack(facts: VerifyFacts, close: Close, now: number): VerifyAnswer {
  const { watch } = facts;
  if (watch === undefined) return OPEN;
  const isDue = isAnswerDue(close, facts.sign, now);
  if (watch.state === "unknown" || close.old === undefined) {
    const { detail, lasting = false } = watch.state === "unknown" ? watch : NO_RATE;
    if (!isDue) return saysNothing("errors", detail);
    const words = {
      reason: `Cannot tell whether it is back: ${endSentence(detail)}`,
      next: facts.sign?.state === "gone" ? NEXT_GONE : null,
    };
    return cannotTell("errors", detail, words, { answersLook: lasting });
  }
  const { source } = close.old;
  const counted = { ...watch, ...close.old, source: watch.byClock === true ? "clock" : source } as const;
  const answer = judge(counted, facts, now);
  if (!isDue) return isNews(answer, counted) ? answer : saysNothing("errors", "no look is due");
  return isSaidAway(answer) ? confirmBySensor(answer, describeSince(counted), facts, close, now) : answer;
}

/** Silence is a sign only while errors would arrive; once they do again, the look is taken. */
function confirmBySensor(
  answer: VerifyAnswer,
  counts: string,
  { sensor }: VerifyFacts,
  close: Close,
  now: number,
): VerifyAnswer {
  if (sensor === undefined) return OPEN;
  if (!isSensorDoubted(sensor)) return answer;
  const { why, next, more } = describeSensor(sensor, describeLookBegin(close, now));
  const odds = more === undefined ? [] : [`${capitalise(more)}.`];
  return doubt(counts, why ?? "errors perhaps do not arrive", {
    answersLook: false,
    next: next ?? null,
    odds,
  });
}

/** Also the words of the read, which counts nothing then. */
export const NO_RATE = {
  state: "unknown",
  detail: "the record of the close does not say how often it occurred before",
  lasting: true,
} as const;

const NEXT_GONE =
  "If it was merged into another issue in Sentry, look there: a return would not be seen here.";

const isSaidAway = (answer: VerifyAnswer): boolean =>
  answer.kind === "halt" && answer.finding.decision === "confirm";

const isNews = (answer: VerifyAnswer, { fixed }: CountedWatch): boolean =>
  answer.kind === "halt" &&
  (answer.finding.decision === "reopen" || (answer.finding.decision === "doubt" && fixed.c > 0));

function judge(watch: CountedWatch, facts: VerifyFacts, now: number): VerifyAnswer {
  const counts = describeSince(watch);
  const loss = describeLoss(facts.deployment, watch);
  if (!watch.sameSampling && watch.byClock === undefined)
    return doubt(counts, "the sampling rate changed since, so rates cannot be compared");
  const isLost = loss !== undefined;
  if (decideWatch(watch.fixed) === "back" && (!isLost || watch.all !== undefined))
    return sayBack(counts, watch, facts, now);
  if (isLost && decideWatch(watch.all ?? watch.fixed) === "back") return sayLost(loss, watch, facts, now);
  if (isLost) return doubtLost(loss, counts, facts);
  return judgePresent(watch, counts);
}

/** Nothing shows that it is back, or that production lost the fix. */
function judgePresent(watch: CountedWatch, counts: string): VerifyAnswer {
  const { fixed, all, alive, source } = watch;
  const answer = decideWatch(fixed);
  const odds = describeRaising(watch);
  if (answer === "tenth") return sayTenth(counts, odds);
  if (source !== "clock" && fixed.c === 0 && fixed.E === 0)
    return doubt(
      counts,
      "there has been no traffic since the close, so the absence of errors proves nothing",
    );
  if (alive === false) return doubt(counts, "traffic has stopped, so the absence of errors proves nothing");
  if (all !== undefined && decideWatch(all) === "back")
    return doubt(counts, "releases without the fix still raise it", { odds });
  if (source === "clock" && fixed.lastC === 0)
    return doubt(counts, `${describeClock(watch)}, and by the clock alone silence proves nothing`);
  if (answer === "away") return sayAway(counts, watch);
  const why =
    fixed.c === 0
      ? "that is too little to rule out a third of the old rate"
      : "what was counted proves neither";
  return doubt(counts, why, { odds });
}

const describeClock = ({ byClock }: CountedWatch): string =>
  byClock === true
    ? "the sampling rate of traffic changed since, so only time can be compared"
    : "no traffic is counted";

type Doubt = {
  readonly answersLook?: boolean;
  readonly next?: string | null;
  readonly odds?: readonly string[];
};

const doubt = (
  counts: string,
  why: string,
  { answersLook = true, next = null, odds = [] }: Doubt = {},
): VerifyAnswer =>
  cannotTell(
    "errors",
    counts,
    { reason: `Cannot tell whether it is back: ${why} (${counts}).`, next, odds },
    { answersLook },
  );

const doubtLost = (loss: string, counts: string, { fix }: VerifyFacts): VerifyAnswer =>
  cannotTell("errors", counts, {
    reason: `${loss} Whether the errors are back is not clear yet (${counts}).`,
    next: describeRedeploy(fix),
  });

const sayAway = (counts: string, { fixed }: CountedWatch): VerifyAnswer =>
  isStillAway("errors", counts, {
    reason: `Still away: ${counts}.`,
    next: null,
    odds: [describeAway(fixed)],
  });

const sayTenth = (counts: string, odds: readonly string[]): VerifyAnswer =>
  cannotTell(
    "errors",
    counts,
    {
      reason: `About a tenth is left: ${counts}. It stays closed unless more comes back.`,
      next: "Reopen this issue if a tenth is too much.",
      odds,
    },
    { verdict: "improved" },
  );

function sayBack(
  counts: string,
  watch: CountedWatch,
  { fix, deployment }: VerifyFacts,
  now: number,
): VerifyAnswer {
  const unsure =
    fix.kind === "merged" && deployment?.state === "unknown"
      ? [`Whether production still has the fix is not known: ${endSentence(deployment.detail)}`]
      : [];
  const reason = `The errors have been back${describeBeginning(watch.fixed, now)}: ${counts}.`;
  const odds = [
    `The odds are ${describeProof(watch.fixed.logBack, 100)}.`,
    ...describeRaising(watch),
    ...unsure,
  ];
  return isBack("errors", counts, { reason, follows: REOPENED, next: null, odds }, "failing");
}

function sayLost(loss: string, watch: CountedWatch, { fix }: VerifyFacts, now: number): VerifyAnswer {
  const counted = { ...watch, fixed: watch.all ?? watch.fixed };
  const counts = describeSince(counted);
  const reason = `${loss} The errors have been back${describeBeginning(counted.fixed, now)}.`;
  const words = {
    reason,
    next: describeRedeploy(fix),
    odds: [`${capitalise(counts)}.`, ...describeRaising(watch)],
  };
  return isBack("errors", counts, words, "not-deployed");
}
