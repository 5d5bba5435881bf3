import { countThings } from "@patchpilot/evidence";
import {
  describeChange,
  type EventImpact,
  FEWEST_EVENTS,
  type ImpactFinding,
  type ImpactRecord,
  type Severity,
} from "@patchpilot/incident";
import { foldRecord } from "@patchpilot/status";
import { describeInstant } from "@patchpilot/time";
import type { Baseline } from "./contract.ts";
import type { ImpactSpan } from "./decide-window.ts";

/** What is said about one incident. */
export type ImpactAccount = {
  readonly window: ImpactSpan;
  readonly now: number;
  readonly baseline: Baseline;
  readonly events: readonly EventImpact[];
  /** The window will not grow any more. */
  readonly isFull: boolean;
  /** As it was accepted. */
  readonly severity: Severity;
  /** What these counts raise it to; undefined: they do not. */
  readonly raised?: Severity | undefined;
  readonly episode: number;
};

const COMPARED: Readonly<Record<Baseline, string>> = {
  "previous-week": "the same hours a week before",
  "previous-window": "the hours right before",
};
const COLUMN: Readonly<Record<Baseline, string>> = {
  "previous-week": "A week before",
  "previous-window": "Before",
};
/** So many changes are told in the sentence; the table holds all. */
const MOST_TOLD = 3;

/** One sentence, or two, to be read alone: what clearly changed, when, and compared with what. */
export const summariseImpact = (account: ImpactAccount): string =>
  `${changesText(account)}${unknownText(account)}${severityText(account)}`;

const severityText = ({ severity, raised }: ImpactAccount): string =>
  raised === undefined ? "" : ` That raises the severity from ${severity} to ${raised}.`;

/** A name that was mistyped never happens. */
function unknownText({ events }: ImpactAccount): string {
  const unknown = events.filter(isUnknown).map(({ event }) => code(event));
  if (unknown.length === 0) return "";
  const names = unknown.slice(0, MOST_TOLD).join(", ");
  return ` PostHog has no event of this name: ${names}. Check \`events\`.`;
}

const isUnknown = ({ current, baseline }: EventImpact): boolean => current === 0 && baseline === 0;

function changesText({ window, baseline, events, now }: ImpactAccount): string {
  const changed = events.filter(({ finding }) => PHRASES[finding] !== undefined).toSorted(byLoss);
  const when = `from ${spanText(window, now)}`;
  if (changed.length === 0) return nothingTold(events, when);
  const phrases = changed.slice(0, MOST_TOLD).map((event) => PHRASES[event.finding]?.(event));
  const more = changed.length - phrases.length;
  const rest = more > 0 ? `; ${more} more changed` : "";
  return `${phrases.join("; ")}${rest}, ${when}, compared with ${COMPARED[baseline]}.`;
}

const PHRASES: Readonly<Partial<Record<ImpactFinding, (event: EventImpact) => string>>> = {
  gone: ({ event, baseline }) => `${code(event)} did not happen at all (it was ${count(baseline)})`,
  fell: (event) =>
    `${code(event.event)} fell by ${percent(event)} (${count(event.current)}, was ${count(event.baseline)})`,
  rose: (event) =>
    `${code(event.event)} rose by ${percent(event)} (${count(event.current)}, was ${count(event.baseline)})`,
  new: ({ event, current }) =>
    `${code(event)} happened ${count(current)} times, with nothing to compare it with`,
};

/** Losses first, the largest first. */
const byLoss = (a: EventImpact, b: EventImpact): number =>
  a.current - a.baseline - (b.current - b.baseline) || (a.event < b.event ? -1 : 1);

function nothingTold(events: readonly EventImpact[], when: string): string {
  const known = events.filter((event) => !isUnknown(event));
  if (known.length === 0) return `Nothing was counted ${when}.`;
  if (known.every(({ finding }) => finding === "few"))
    return `Too few events to tell ${when}: under ${FEWEST_EVENTS} of a kind, with those before.`;
  const few = known.some(({ finding }) => finding === "few") ? "; of some there were too few to tell" : "";
  return `No event clearly changed ${when}${few}.`;
}

/** The comment on the issue. */
export function impactText(account: ImpactAccount, summary: string): string {
  const { baseline, events, isFull } = account;
  const details = [
    summary,
    "",
    `| Event | During | ${COLUMN[baseline]} | Change | People | People before |`,
    "|---|--:|--:|--:|--:|--:|",
    ...events.map(describeRow),
    "",
    `<sub>Counted in PostHog. What changed at the same time need not have changed because of the incident.${isFull ? "" : " Each run counts again until the hours are full."}${baseline === "previous-window" ? " The hours right before also differ by time of day." : ""}</sub>`,
  ].join("\n");
  return foldRecord(`Impact on the product: ${titleText(events)}`, details);
}

/** The one line, in plain words. */
function titleText(events: readonly EventImpact[]): string {
  const changed = events.filter(({ finding }) => PHRASES[finding] !== undefined).length;
  return changed === 0 ? "no clear change" : `${countThings(changed, "event")} changed`;
}

function describeRow(event: EventImpact): string {
  const cells = [
    code(event.event),
    count(event.current),
    count(event.baseline),
    describeChange(event),
    count(event.actors),
    count(event.baselineActors),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The record: what was counted, where and against what. */
export function makeImpactRecord(
  { window, baseline, events, raised, episode }: ImpactAccount,
  summary: string,
): ImpactRecord {
  return {
    summary,
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    baseline,
    events: events.map(({ finding: _, ...counted }) => counted),
    episode,
    ...(raised === undefined ? {} : { severity: raised }),
  };
}

const count = (number: number): string => number.toLocaleString("en-US");

const percent = ({ change }: EventImpact): string => `${Math.round(Math.abs(change ?? 0) * 100)} %`;

/** A name in a table cell: it can neither end the cell nor the code. */
const code = (name: string): string =>
  `\`${name
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replaceAll("`", "'")
    .replaceAll("|", "\\|")}\``;

/** "20 November, 12:00 UTC to 21 November, 12:00 UTC"; the day is said once where both share it. */
function spanText({ from, to }: ImpactSpan, now: number): string {
  const [begin, end] = [describeInstant(from, now), describeInstant(to, now)];
  const [day = ""] = begin.split(", ");
  return end.startsWith(`${day}, `)
    ? `${begin.slice(0, -4)} to ${end.slice(day.length + 2)}`
    : `${begin} to ${end}`;
}
