import type { VerifyFacts, VerifySettings } from "../../facts.ts";
import { nameFix } from "../../words.ts";
import { halt, haltUnknown, type VerifyAnswer, waitForCap } from "../answer.ts";
import { isUsed } from "./count.ts";
import { describeOperations } from "./words.ts";

/** Only where requests are counted can those of an operation be separated. */
export const isOperationAsked = ({ errors, operation }: VerifyFacts): boolean =>
  operation !== undefined || errors?.state !== "counted" || errors.source !== "spans";

/** An operation that nobody has used since the deploy cannot fail. Undefined where it was used, or none is known. */
export function judgeUnused(
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyAnswer | undefined {
  const { operation } = facts;
  if (operation === undefined || operation.state === "none") return undefined;
  if (operation.state === "unknown")
    return haltUnknown("errors", operation.detail, UNREAD, facts, now, settings);
  if (isUsed(operation.summary)) return undefined;
  const names = describeOperations(operation.names);
  const reason = `No request of ${names} since ${nameFix(facts)} went live, so the absence of errors proves nothing.`;
  return halt(
    { name: "errors", state: "unknown", detail: `no request of ${names} since the deploy` },
    waitForCap(facts, now, settings, {
      verdict: "waiting",
      reason,
      next: "Find out why nobody reaches it. If the route was removed or renamed, close this issue by hand.",
    }),
  );
}

const UNREAD = "The requests of the failing operation could not be read";
