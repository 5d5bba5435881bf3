import type { ImpactRecord } from "@patchpilot/incident";
import type { ImpactWindows } from "./decide-window.ts";

/** How often an event happened in a window, and by how many people. */
type WindowCount = { readonly count: number; readonly actors: number };

/** One event as it was counted in both windows. */
type EventCounts = {
  readonly event: string;
  readonly incident: WindowCount;
  readonly baseline: WindowCount;
};

/**
 * What two counts allow to say.
 * `few`: too little happened. `new`: nothing to compare with. `gone`: it stopped altogether.
 */
export type ImpactFinding = "few" | "steady" | "fell" | "rose" | "new" | "gone";

/** One event in both windows. */
export type EventImpact = {
  readonly event: string;
  readonly current: number;
  readonly baseline: number;
  /** Difference as a share of the baseline; null without one. */
  readonly change: number | null;
  /** Different people in the incident's window. */
  readonly actors: number;
  readonly finding: ImpactFinding;
};

/** Fewer events than this in both windows together say nothing. */
export const FEWEST_EVENTS = 20;
/** A difference counts from three standard deviations and a tenth of the baseline on. */
const DEVIATIONS = 3;
const LEAST_CHANGE = 0.1;

/** What was counted, with what may be said of it. */
export function judgeEvents(counts: readonly EventCounts[]): EventImpact[] {
  return counts.map(({ event, incident, baseline }) => ({
    event,
    current: incident.count,
    baseline: baseline.count,
    change: baseline.count === 0 ? null : round((incident.count - baseline.count) / baseline.count),
    actors: incident.actors,
    finding: judgeCounts({ incident, baseline }),
  }));
}

/**
 * Compares two counts of equally long windows: if nothing changed, (c - b) / sqrt(c + b) is about standard normal.
 * People do things several times in a row, so the variance is widened by the events per person, as in a compound
 * Poisson process. Counts of a quiet product differ by chance: then `few` or `steady` is the answer.
 */
function judgeCounts({ incident, baseline }: Omit<EventCounts, "event">): ImpactFinding {
  const total = incident.count + baseline.count;
  if (total < FEWEST_EVENTS) return "few";
  if (baseline.count === 0) return "new";
  const perPerson = Math.max(1, total / Math.max(1, incident.actors + baseline.actors));
  const difference = incident.count - baseline.count;
  const isClear = Math.abs(difference) / Math.sqrt(perPerson * total) >= DEVIATIONS;
  if (!isClear || Math.abs(difference) < LEAST_CHANGE * baseline.count) return "steady";
  if (incident.count === 0) return "gone";
  return difference < 0 ? "fell" : "rose";
}

const round = (share: number): number => Math.round(share * 1_000) / 1_000;

/**
 * Whether an incident must be counted (again). A window that is still filling is counted again once it has doubled
 * or is full, not at every run, so that a comment changes a few times and then never.
 */
export function isDue(
  previous: ImpactRecord | null,
  { incident, isFull }: ImpactWindows,
  events: readonly string[],
): boolean {
  if (previous === null) return true;
  const known = previous.events.map(({ event }) => event);
  if (events.some((event) => !known.includes(event))) return true;
  const from = Date.parse(previous.window.from);
  const to = Date.parse(previous.window.to);
  if (incident.to <= to) return false;
  const isAnother = incident.from >= to;
  const hasDoubled = incident.to - incident.from >= 2 * (to - from);
  return isAnother || isFull || hasDoubled;
}
