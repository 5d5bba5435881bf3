import { DAY, WEEK } from "@patchpilot/time";
import { type Close, type DueLook, LOOKS } from "../../facts.ts";
import type { SignFact } from "./facts.ts";

const AFTER: { readonly [Name in DueLook]: number } = { "24h": DAY, "7d": WEEK };

/** The looks that are due: after 24 h and after 7 days. */
export function findDueLooks({ at, looks }: Close, now: number): DueLook[] {
  return LOOKS.filter((look) => !looks.includes(look) && now >= at + AFTER[look]);
}

/** Whether the issue waits for an answer, whatever it is. */
export const isLookDue = (close: Close, now: number): boolean =>
  close.reopened === true || findDueLooks(close, now).length > 0;

/** The same of an error: also once when Sentry knows it no more, for then no return can be seen. */
export const isAnswerDue = (close: Close, sign: SignFact | undefined, now: number): boolean =>
  isLookDue(close, now) || (sign?.state === "gone" && close.gone !== true);

/** Silence only ever speaks against a return, so an error that has not been seen for longer needs no count. */
const FRESH_MS = 2 * DAY;

/** Whether Sentry has seen a closed error so lately that it may be back. */
export function isSeenAgain(sign: SignFact, { at: closedAt }: Close, now: number): boolean {
  return sign.state === "seen" && sign.at !== null && sign.at > closedAt && sign.at > now - FRESH_MS;
}

/** A look judges the last days alone: good days before would hide what has been wrong since yesterday. */
const LAST_MS = 2 * DAY;

/** From when on a look after a close judges durations, and the sensor. */
export const lookBegin = ({ at }: Close, now: number): number => Math.max(at, now - LAST_MS);

export const describeLookBegin = (close: Close, now: number): string =>
  lookBegin(close, now) > close.at ? "two days ago" : "the close";
