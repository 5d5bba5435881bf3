import { inertSentence, tableCell } from "@patchpilot/evidence";
import { describeChange, type EventImpact, type ImpactRecord } from "@patchpilot/incident";
import { describeInstant } from "@patchpilot/time";
import type { IncidentCost } from "./decide-cost.ts";
import type { TimeSpan } from "./questions/sources.ts";

/** Begins the part of the comment that stays as it is whatever later looks find. */
const HEADING = "#### What it cost, and what came back";

/** That part of a comment that was written before; undefined: it has none. */
export function findCostText(text: string): string | undefined {
  const start = text.indexOf(`\n${HEADING}\n`);
  if (start < 0) return undefined;
  const end = text.indexOf("\n\n#### ", start + 1);
  return text.slice(start + 1, end < 0 ? undefined : end);
}

/** The final numbers, for the comment that closes an incident. */
export function describeCost({ lasted, since, weeks, during, after }: IncidentCost): string {
  const before = weeks === 1 ? "a week" : `${weeks} weeks`;
  const later = new Map(after.map((event) => [event.event, event]));
  return [
    HEADING,
    "",
    `While it lasted (${spanText(lasted, since.until)}): ${describeLosses(during)}. Since the fix (${spanText(since, since.until)}): ${describeReturns(during, later)}.`,
    "",
    "<details><summary>Counts</summary>",
    "",
    "| Event | While it lasted | Change | People | Since the fix | Change | People |",
    "|---|--:|--:|--:|--:|--:|--:|",
    ...during.map((event) => describeRow(event, later.get(event.event))),
    "",
    `<sub>Counted in PostHog, each beside the same hours ${before} before. What changed at the same time need not have changed because of the incident.</sub>`,
    "",
    "</details>",
  ].join("\n");
}

/** What is known where nothing was counted at the close. */
export const describeKnownCost = ({ summary }: ImpactRecord): string =>
  [HEADING, "", `While it lasted: ${inertSentence(summary)} What came back was not counted.`].join("\n");

const isLoss = ({ finding }: EventImpact): boolean => finding === "fell" || finding === "gone";

function describeLosses(events: readonly EventImpact[]): string {
  const lost = events.filter(isLoss);
  if (lost.length === 0) return "no event clearly fell";
  return lost
    .map(
      (event) =>
        `${tableCell(event.event)} fell by ${percent(event)}, ${count(event.baseline - event.current)} fewer`,
    )
    .join("; ");
}

function describeReturns(during: readonly EventImpact[], later: ReadonlyMap<string, EventImpact>): string {
  const lost = during.filter(isLoss);
  if (lost.length === 0) return "nothing had to come back";
  return lost.map(({ event }) => `${tableCell(event)} ${describeReturn(later.get(event))}`).join("; ");
}

function describeReturn(event: EventImpact | undefined): string {
  if (event === undefined || event.finding === "few" || event.finding === "new")
    return "happened too seldom to tell";
  return isLoss(event) ? `is still ${percent(event)} below` : "is back";
}

function describeRow(during: EventImpact, after: EventImpact | undefined): string {
  const cells = [tableCell(during.event), ...cellsFor(during), ...cellsFor(after)];
  return `| ${cells.join(" | ")} |`;
}

const cellsFor = (event: EventImpact | undefined): string[] =>
  event === undefined
    ? ["", "", ""]
    : [
        `${count(event.current)}, was ${count(event.baseline)}`,
        describeChange(event),
        `${count(event.actors)}, was ${count(event.baselineActors)}`,
      ];

const count = (number: number): string => number.toLocaleString("en-US");
const percent = ({ change }: EventImpact): string => `${Math.round(Math.abs(change ?? 0) * 100)} %`;
const spanText = ({ from, until }: TimeSpan, now: number): string =>
  `${describeInstant(from, now)} to ${describeInstant(until, now)}`;
