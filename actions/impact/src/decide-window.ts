import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import type { Baseline } from "./contract.ts";

/** From `from` until just before `to`, in milliseconds since the epoch; edges lie on five minutes UTC. */
export type ImpactSpan = { readonly from: number; readonly to: number };

/** When an incident happened, in milliseconds since the epoch. */
export type IncidentTimes = {
  /** First error of this episode, where it is known. */
  readonly firstSeen: number | undefined;
  /** Since when production has had the fix; absent: it has none that is known. */
  readonly fixedAt?: number | undefined;
  readonly acceptedAt: number;
};

export type ImpactWindows = {
  readonly incident: ImpactSpan;
  readonly baseline: ImpactSpan;
  /** The incident's window will not move any more. */
  readonly isFull: boolean;
  /** A fix ended it before it was full. */
  readonly isCut: boolean;
  /** Set while too little of the window lies in the incident: when enough of it can be counted, or null if it never can. */
  readonly early?: { readonly until: number | null };
};

const GRAIN = 5 * MINUTE;
/** Events reach PostHog late; what is younger than this is not counted yet. */
const INGESTION_DELAY = 5 * MINUTE;
/** Less than an hour holds too few events to say anything. */
const SHORTEST = HOUR;
/** Less of an incident says nothing of it: most of an hour's window would be the time before. */
const LEAST_OF_INCIDENT = 30 * MINUTE;

/**
 * The hours of an incident, and those to compare them with: as long, and never overlapping.
 * An incident younger than `hours` at its acceptance is counted from its first error on, until `hours` are full;
 * within its first hour, the hour before now, and nothing before half of that is the incident. One that smouldered for longer is counted up to its acceptance. A fix
 * that is live ends the hours.
 * @param hours 1 to 168, so that a window and the same hours a week before do not overlap.
 */
export function chooseImpactWindows(
  times: IncidentTimes,
  now: number,
  hours: number,
  baseline: Baseline,
): ImpactWindows {
  const length = hours * HOUR;
  const accepted = Math.min(times.acceptedAt, now);
  const onset = Math.min(times.firstSeen ?? accepted, accepted);
  const end = onset < accepted - length ? toGrain(accepted - INGESTION_DELAY) : toGrain(onset) + length;
  const last = Math.min(end, Math.max(toGrain(times.fixedAt ?? end), toGrain(onset)));
  const to = Math.min(last, toGrain(now - INGESTION_DELAY));
  const from = Math.min(end - length, to - SHORTEST);
  const shift = baseline === "previous-week" ? WEEK : to - from;
  return {
    incident: { from, to },
    baseline: { from: from - shift, to: to - shift },
    isFull: to === last,
    isCut: last < end,
    ...(to - toGrain(onset) < LEAST_OF_INCIDENT && { early: { until: findFirst(onset, last) } }),
  };
}

/** When half an hour of the incident can be counted; null where it ended before. */
function findFirst(onset: number, last: number): number | null {
  const enough = toGrain(onset) + LEAST_OF_INCIDENT;
  return last < enough ? null : enough + INGESTION_DELAY;
}

const toGrain = (instant: number): number => Math.floor(instant / GRAIN) * GRAIN;
