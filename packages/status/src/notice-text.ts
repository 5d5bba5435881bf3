import type { Incident, TurnRecord } from "@patchpilot/incident";
import type { Turn } from "./decide-turn.ts";
import { openScene } from "./scene.ts";
import { headingText } from "./words/heading.ts";
import { nextText } from "./words/next.ts";
import { progressText } from "./words/sentence.ts";

/**
 * The comment that says whose turn it is: whom it is for, how far it is, and the next step. It is read in a notification
 * whose subject is the title, so it is short and says with the status's own words what the status says. Pure.
 * @param mentions `@login` and `@organization/team`
 */
export function noticeText(
  incident: Incident,
  turn: Turn,
  { reminder }: Pick<TurnRecord, "reminder">,
  mentions: readonly string[],
): string {
  const accepted = incident.records.incident?.data;
  if (accepted === undefined) return "";
  const scene = openScene(incident, turn, accepted);
  return [
    `### ${headingText(scene)}${reminder === 0 ? "" : " (still open)"}`,
    [mentions.join(" "), progressText(scene)].filter(Boolean).join(" "),
    `**Next:** ${nextText(scene)}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}
