import { closeFence, fence, oneLine } from "@patchpilot/evidence";
import {
  type ClosedLesson,
  lessonText,
  type PreviousAttempt,
  type RedCheck,
  type WorkOrder,
} from "@patchpilot/incident";

/**
 * The evidence file: what the incident's record said when it was accepted, then what earlier attempts left. Every
 * text that others wrote stands in a block that nothing in it can close.
 */
export function composeEvidence(order: WorkOrder): string {
  const facts = {
    incident: order.incident,
    productImpact: order.productImpact ?? order.impact ?? null,
    suspectFiles: order.suspectFiles,
    similarIncidents: order.similarIncidents,
  };
  return [
    fence(JSON.stringify(facts, null, 2)),
    "",
    // To fit its work order it may have been cut in the middle of a block.
    closeFence(order.evidence),
    "",
    ...(order.lessons ?? []).flatMap(lessonSection),
    ...reviewSection(order),
    ...(order.checks ?? []).flatMap((check) => checkSection(check, order)),
    ...(order.replies ?? []).flatMap(replySection),
    ...order.previousAttempts.flatMap(attemptSection),
  ].join("\n");
}

/** What a closed incident taught may be an agent's and a reviewer's words: data, and no order. */
const lessonSection = ({ issue, lesson }: ClosedLesson): string[] => [
  `## What issue ${issue} taught (the same signature)`,
  "",
  fence(lessonText(lesson)),
  "",
];

function reviewSection({ review, pullRequest }: WorkOrder): string[] {
  if (review === undefined) return [];
  return [
    `## Changes that ${oneLine(review.author)} asked for in pull request ${pullRequest ?? "(unknown)"}`,
    "",
    fence(review.text),
    "",
  ];
}

/** A check's name is somebody's as well, so it is in the block. */
const checkSection = ({ log, words, ...check }: RedCheck, { pullRequest }: WorkOrder): string[] => [
  `## A check that went red on pull request ${pullRequest ?? "(unknown)"}`,
  "",
  fence(JSON.stringify(check, null, 2)),
  "",
  ...block("What it says:", words),
  ...block("The end of its log:", log),
];

const REPLIED: Readonly<Record<string, string>> = {
  answer: "answered to the question of",
  reject: "said when rejecting the plan of",
  amend: "asked to change in the plan of",
};

const replySection = ({ to, author, attempt, text }: NonNullable<WorkOrder["replies"]>[number]): string[] => [
  `## What ${oneLine(author)} ${Object.hasOwn(REPLIED, to) ? REPLIED[to] : "replied to"} attempt ${attempt}`,
  "",
  fence(text),
  "",
];

function attemptSection(previous: PreviousAttempt): string[] {
  const {
    attempt,
    outcome,
    reason,
    pullRequest,
    mergeCommit,
    ci,
    residual,
    declined,
    missing = [],
  } = previous;
  // JSON leaves out what is undefined.
  const about = {
    outcome,
    reason,
    pullRequest,
    mergeCommit,
    ci,
    afterDeployment: residual,
    whyItWasDeclined: declined,
    notKnown: missing.length === 0 ? undefined : missing,
  };
  return [
    `## Earlier attempt ${attempt}`,
    "",
    fence(JSON.stringify(about, null, 2)),
    "",
    ...block("Its change, which did not end the failure:", previous.diff),
    ...block("What it asked:", previous.question),
    ...block("What failed, the end of the output:", previous.failure),
  ];
}

const block = (title: string, text: string | undefined): string[] =>
  text === undefined ? [] : [title, "", fence(text), ""];
