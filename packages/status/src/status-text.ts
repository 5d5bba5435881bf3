import { asSentence, inertSentence } from "@patchpilot/evidence";
import type { AttemptRecord, Incident, IncidentRecord } from "@patchpilot/incident";
import { decideTurn } from "./decide-turn.ts";
import { joinFrozen } from "./frozen.ts";
import { openScene, type Scene } from "./scene.ts";
import { attemptLines } from "./words/attempts.ts";
import { headingText } from "./words/heading.ts";
import { nextText } from "./words/next.ts";
import { nameOutcome } from "./words/outcomes.ts";
import { sentenceText } from "./words/sentence.ts";
import { factsTable } from "./words/table.ts";

/**
 * The first comment of an incident: whose turn it is, what happened, what to click, the facts, and the rest folded. The
 * same records give the same text, whenever it is written. Pure.
 * @param frozen what was accepted, with the notes since then
 */
export function statusText(incident: Incident, frozen: string): string {
  const accepted = incident.records.incident?.data;
  const turn = decideTurn(incident);
  if (accepted === undefined || turn === undefined) return frozen;
  const scene = openScene(incident, turn, accepted);
  const status = [
    `### ${headingText(scene)}`,
    sentenceText(scene),
    `**Next:** ${nextText(scene)}`,
    factsTable(scene),
    historyFold(scene),
  ].filter(Boolean);
  return joinFrozen(status.join("\n\n"), foldTitle(accepted), frozen);
}

const foldTitle = ({ kind }: IncidentRecord): string =>
  kind === "issue" || kind === "task" ? "What was accepted, and why" : "Evidence, severity and confidence";

/** What happened when, where more than the acceptance has. */
function historyFold(scene: Scene): string {
  const { incident, accepted, at } = scene;
  if (attemptLines(scene).length === 0 && incident.records.recoveries.size === 0) return "";
  const lines = listHistory(incident, accepted)
    .toSorted(([a], [b]) => Date.parse(a) - Date.parse(b))
    .map(([instant, words]) => `- ${at(instant)}: ${words}`);
  return ["<details><summary>History</summary>", lines.join("\n"), "</details>"].join("\n\n");
}

function listHistory({ records }: Incident, accepted: IncidentRecord): [instant: string, words: string][] {
  const attempts = [...records.attempts.values()].map(({ data }) => data);
  return [
    [accepted.acceptedAt, accepted.episode > 1 ? "accepted again" : "accepted"],
    ...attempts.flatMap(attemptHistory),
    ...[...records.recoveries.values()].map(({ data }): [string, string] => [
      data.decidedAt,
      asSentence(inertSentence(data.reason ?? data.decision)),
    ]),
  ];
}

/** In the order of cause: at the same instant, one attempt ends before the next is asked for. */
const attemptHistory = (attempt: AttemptRecord): [instant: string, words: string][] => [
  [attempt.dispatchedAt, `attempt ${attempt.attempt} asked for`],
  ...(attempt.phase === "working" ? [] : [[attempt.phaseAt, nameEnd(attempt)] satisfies [string, string]]),
];

/** "attempt 1 was merged"; of a longer reason, "attempt 1: …". */
const nameEnd = ({ attempt, reason, phase, ending, outcome }: AttemptRecord): string => {
  const end = nameOutcome(ending ?? outcome ?? "");
  return reason === `it ${end}`
    ? `attempt ${attempt} ${end}`
    : `attempt ${attempt}: ${asSentence(inertSentence(reason ?? phase))}`;
};
