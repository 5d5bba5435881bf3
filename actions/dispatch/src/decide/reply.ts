import { cleanText } from "@patchpilot/evidence";
import { type SpokenCommand, spokenCause, type WorkOrder } from "@patchpilot/incident";
import type { DispatchFacts, HeardCommand } from "../facts.ts";
import { claimFactOf } from "./claims.ts";
import type { NewestAttempt } from "./newest-attempt.ts";

/** What people said to the question or the plan of the newest attempt. */
export type Reply = {
  /** The cause that it makes, if somebody who may write said it. */
  readonly cause: string | undefined;
  /** Why what was said does not count; empty if it counts, or if nothing was said. */
  readonly fault: string;
};

/** Finds the newest reply that counts and that no claim names yet. Pure. */
export function findReply(
  facts: Pick<DispatchFacts, "heard" | "gate" | "incident">,
  newest: NewestAttempt,
  isNew: (cause: string) => boolean,
): Reply {
  const names = listNames(newest);
  const since = endedAt(facts, newest);
  const said = (facts.heard ?? []).filter(
    (each) => names.includes(each.name) && Date.parse(each.at) > since && isNew(spokenCause(each)),
  );
  const counted = said.findLast(({ mayWrite }) => mayWrite);
  if (counted !== undefined) return { cause: spokenCause(counted), fault: "" };
  return { cause: undefined, fault: describeFault(said.at(-1)) };
}

function listNames({ ending, outcome, isCurrent }: NewestAttempt): readonly SpokenCommand["name"][] {
  if (!isCurrent) return [];
  if (ending === "asked") return ["answer"];
  return outcome === "planned" ? ["reject", "amend"] : [];
}

/** When there was something to reply to: nobody answers a question before it is on the issue. */
function endedAt(
  { gate, incident }: Pick<DispatchFacts, "gate" | "incident">,
  { attempt, outcome }: NewestAttempt,
) {
  if (outcome === "planned") return Date.parse(incident.records.plans.get(attempt)?.writtenAt ?? "") || 0;
  return gate.state === "present" && gate.fact.state === "closed" ? Date.parse(gate.fact.at) : 0;
}

const describeFault = (said: HeardCommand | undefined): string =>
  said === undefined
    ? ""
    : `\`/patchpilot ${said.name}\` of ${said.author.login} does not count: that account cannot write to this repository`;

/** Most replies in a work order, the newest ones, and most characters of each. */
const MOST_REPLIES = 5;
const REPLY_LENGTH = 3_000;
const REPLIES: readonly string[] = ["answer", "reject", "amend"] satisfies SpokenCommand["name"][];

/**
 * What people said to earlier attempts of the episode, by the causes of claims: the run that claimed had asked whether they
 * may write. Oldest first. Pure.
 * @param opened the attempt that goes out, whose cause may be a comment
 * @returns a sentence where the comment that opens it is not what it was: without it there is nothing to do
 */
export function listReplies(
  { claims, incident }: Pick<DispatchFacts, "claims" | "incident">,
  opened: { readonly attempt: number; readonly cause: string },
  secrets: readonly string[],
): NonNullable<WorkOrder["replies"]> | string {
  const spoken = new Map((incident.spoken ?? []).map((each) => [spokenCause(each), each]));
  if (opened.cause.startsWith("comment/") && !spoken.has(opened.cause))
    return "the comment that opened it was edited, or is gone";
  const earlier = claims.flatMap(({ attempt, ...claim }) => {
    const fact = claimFactOf({ attempt, ...claim });
    return fact?.episode === incident.episode && attempt !== opened.attempt
      ? [{ attempt, cause: fact.cause }]
      : [];
  });
  return [...earlier, opened]
    .flatMap(({ attempt, cause }) => {
      const said = spoken.get(cause);
      if (said === undefined || !REPLIES.includes(said.name) || said.words === "") return [];
      const { text } = cleanText(said.words, { maxLength: REPLY_LENGTH, secrets });
      return [{ attempt: attempt - 1, to: said.name, author: said.author.login, text }];
    })
    .slice(-MOST_REPLIES);
}
