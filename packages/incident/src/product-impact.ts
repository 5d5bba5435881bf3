import { omitUndefined } from "@patchpilot/optional";
import { DAY } from "@patchpilot/time";
import type { Records } from "./record-table.ts";
import type { ImpactRecord, IncidentRecord } from "./records.ts";
import { SEVERITIES, type Severity } from "./severity.ts";
import type { ProductImpact } from "./work-order.ts";

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
  /** Different people in the baseline. */
  readonly baselineActors: number;
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
    baselineActors: baseline.actors,
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

/** How an event changed, in a cell of a table: a share, or why there is none. */
export function describeChange({
  finding,
  change,
  current,
  baseline,
}: Pick<EventImpact, "finding" | "change" | "current" | "baseline">): string {
  if (current === 0 && baseline === 0) return "PostHog has no event of this name";
  if (finding === "few") return "too few to compare";
  if (change === null) return "no baseline";
  if (finding === "steady") return "no clear change";
  return `${change < 0 ? "−" : "+"}${Math.round(Math.abs(change) * 100)} %`;
}

/** A loss from which on an incident is a step, or two, more severe. */
const A_FIFTH = 0.2;
const HALF = 0.5;

/**
 * The severity of an incident that cost so much, or undefined if it does not rise: one step up from a clear loss of a
 * fifth of an event on, two from a half on. Anyone who can send events moves these counts, so they make nothing
 * critical that was not high before. The hours right before are comparable only over whole days.
 */
export function raiseSeverity(
  severity: Severity,
  events: readonly Pick<EventImpact, "finding" | "change">[],
  { baseline, from, to }: CountedWindow,
): Severity | undefined {
  const isComparable = baseline === "previous-week" || (to - from) % DAY === 0;
  if (!isComparable) return undefined;
  const losses = events.flatMap(({ finding, change }) =>
    finding === "fell" || finding === "gone" ? [-(change ?? 0)] : [],
  );
  const worst = Math.max(0, ...losses);
  const rank = SEVERITIES.indexOf(severity);
  const wanted = rank - (worst >= HALF ? 2 : worst >= A_FIFTH ? 1 : 0);
  const raised = Math.max(wanted, severity === "high" ? 0 : Math.min(rank, 1));
  return raised < rank ? SEVERITIES[raised] : undefined;
}

/** The hours that were counted, in milliseconds since the epoch, and what they were compared with. */
export type CountedWindow = {
  readonly from: number;
  readonly to: number;
  readonly baseline: string;
};

/** What was counted of the running episode; an earlier one's counts say nothing of it. */
export function readImpact(
  { impact, incident }: Pick<Records, "impact" | "incident">,
  episode = incident?.data.episode,
): ImpactRecord | undefined {
  const { data } = impact ?? {};
  return data?.episode === undefined || data.episode === episode ? data : undefined;
}

/** The record of an incident, with the severity that its impact raised, if it did. */
export function readAccepted(
  records: Pick<Records, "impact" | "incident">,
  episode?: number,
): IncidentRecord | undefined {
  const { data } = records.incident ?? {};
  const raised = readImpact(records, episode)?.severity;
  if (data === undefined || raised === undefined || !isWorse(raised, data.severity)) return data;
  return { ...data, severity: raised };
}

const isWorse = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);

/** What a worker gets of the impact: the counts as fields, and what each allows to say. */
export function describeProductImpact({ window, baseline, events, severity }: ImpactRecord): ProductImpact {
  return omitUndefined({
    window: { from: window.from, to: window.to },
    baseline,
    severity,
    events: events.map(({ event, current, baseline: before, change, actors, baselineActors }) =>
      omitUndefined({
        event,
        current,
        baseline: before,
        change,
        actors,
        baselineActors,
        // A record of an older version does not say how many people the baseline had.
        finding:
          baselineActors === undefined
            ? undefined
            : judgeCounts({
                incident: { count: current, actors },
                baseline: { count: before, actors: baselineActors },
              }),
      }),
    ),
  });
}
