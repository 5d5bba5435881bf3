import { hashBody } from "@patchpilot/acceptance";
import type { AccountEntry } from "@patchpilot/ledger";
import type { IntakeInputs } from "../contract.ts";
import type { IntakeSubject, Reason, SentryIssue } from "../facts.ts";
import { NEXT_RUN, nameState } from "./account.ts";
import { judgeIssue, judgeSeverity } from "./judge.ts";
import { NOTHING_RECOGNISED } from "./recognise.ts";
import { scoreFailure } from "./score.ts";

/** What Sentry's list alone says of an issue that waits. */
export type ListVerdict =
  /** Nothing changed that could end its wait. */
  | { readonly step: "keep" }
  /** It waits, or is over, for this reason. */
  | { readonly step: "object"; readonly reason: Reason }
  /** It has to be judged by an event. */
  | { readonly step: "look" };

/** Sentry's list leaves out what was deleted or merged, and what the token may not read. */
const ABSENT = "absent";

/** Sentry now and then answers 404 for an issue that exists (getsentry/sentry#63337): if its list names one, it was that. */
const UNREADABLE = nameState({ reason: "unreadable" });

/** What of Sentry's answer can end a wait, in short. */
export const digestSight = (issue: SentryIssue | undefined): string =>
  issue === undefined
    ? ABSENT
    : hashBody(
        JSON.stringify([
          issue.status,
          issue.lastSeen,
          issue.count,
          issue.userCount,
          issue.level,
          issue.priority,
          ["escalating", "regressed"].includes(issue.substatus ?? "") && issue.substatus,
          issue.isUnhandled,
        ]),
      ).slice(0, 8);

/**
 * Judges an issue that was passed over before by what Sentry's list says of it now. An event is asked for only where what
 * the list says changed, or where something else ended the wait. Pure.
 * @param ended what it waited for is over, whatever Sentry says: a pull request, an incident that it repeated
 */
export function judgeListed(
  issue: SentryIssue | undefined,
  { state, seen }: Pick<AccountEntry, "state" | "seen">,
  ended: boolean,
  inputs: IntakeInputs,
): ListVerdict {
  const isSame = seen === digestSight(issue);
  const isLeft = ended || state === NEXT_RUN || seen === null;
  if (issue === undefined) return isSame && !isLeft ? { step: "keep" } : { step: "look" };
  const objection = judgeIssue(issue, inputs) ?? judgeExtent(issue, state, inputs);
  if (objection !== null) return { step: "object", reason: objection };
  return isSame && !isLeft && state !== UNREADABLE ? { step: "keep" } : { step: "look" };
}

/** What was too mild by its event, and is by its numbers still. */
function judgeExtent(issue: SentryIssue, state: string, inputs: IntakeInputs): Reason | null {
  if (state !== nameState({ reason: "below-threshold" })) return null;
  return judgeSeverity(scoreFailure(viewListed(issue)).value, inputs);
}

/** An issue of a list as a subject, for scoring it. */
export const viewListed = (issue: SentryIssue): IntakeSubject => ({
  occasion: "new",
  recognised: NOTHING_RECOGNISED,
  vouched: false,
  view: { state: "read", issue, event: null },
});
