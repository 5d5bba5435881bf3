import { inertSentence } from "@patchpilot/evidence";
import type { Incident, TurnRecord } from "@patchpilot/incident";
import type { Matter, Turn } from "./decide-turn.ts";

const HEADINGS: Partial<Record<Matter, string>> = {
  review: "🔴 Your turn: review the fix",
  plan: "🔴 Your turn: approve the plan",
  answer: "🔴 Your turn: answer the agent",
  report: "🔴 Your turn: read the report",
  publish: "🔴 Your turn: let it publish",
  recovered: "🟢 Recovered",
  done: "🟢 Done",
};

/**
 * The comment that says whose turn it is: whom it is for, the cause, why, and the next step. Short, for it is read in a
 * notification.
 * @param mentions `@login` and `@organization/team`
 */
export function noticeText(
  { records }: Incident,
  turn: Turn,
  { reminder }: TurnRecord,
  mentions: readonly string[],
): string {
  const heading = HEADINGS[turn.matter] ?? "🔴 Needs you";
  const title = inertSentence(records.incident?.data.title ?? "");
  return [
    `### ${reminder === 0 ? heading : heading.replace("Your turn", "Still your turn")}`,
    "",
    `${mentions.length > 0 ? `${mentions.join(" ")}: ` : ""}${title}`,
    "",
    inertSentence(turn.reason ?? ""),
  ].join("\n");
}
