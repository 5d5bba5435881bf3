import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { drawExponential, drawPoisson, type Random } from "../draws.ts";

export const WATCH_DAYS = 90;
const HOURS_BEFORE = 7 * 24;
const HOURS_SINCE = WATCH_DAYS * 24;
const HOURS_BETWEEN_RELEASES = 36;
const DAILY_SWING = 0.8;

/** How errors come after a close. Rates are those of the time before the fix; shares are of them. */
export type Relapse = {
  readonly pattern: "one by one" | "daily cycle" | "bursts of 4";
  readonly perHour: number;
  /** Share that the fix left. */
  readonly left: number;
  /** What comes back, and how many hours after the close it begins; null: nothing does. */
  readonly back: { readonly share: number; readonly afterHours: number } | null;
  /** Errors that clients without the fix still have, how many in 90 days. */
  readonly stragglers: number;
};

/** Counts by hour. */
export type HourCounts = {
  readonly errors: readonly number[];
  /** Five-minute buckets of the hour that have an error. */
  readonly active: readonly number[];
  readonly exposure: readonly number[];
};

export type Aftermath = {
  /** The week before the deploy. */
  readonly before: HourCounts;
  /** The 90 days since the close: errors of clients with the fix. */
  readonly since: HourCounts;
  /** By hour since the close: errors of clients without it. */
  readonly stragglers: readonly number[];
  /** Hours since the close in which a release went live. */
  readonly releases: readonly number[];
};

/** Draws a week before a deploy and the 90 days after the close. */
export function drawAftermath(relapse: Relapse, random: Random): Aftermath {
  const { pattern, perHour, left, back, stragglers } = relapse;
  const phase = random() * 24;
  const traffic = (hour: number) =>
    pattern === "daily cycle" ? 1 + DAILY_SWING * Math.sin((2 * Math.PI * (hour + phase)) / 24) : 1;
  const size = pattern === "bursts of 4" ? 4 : 1;
  const shareAt = (hour: number) => (back !== null && hour >= back.afterHours ? back.share : left);
  return {
    before: drawHours(HOURS_BEFORE, traffic, () => perHour, size, random),
    since: drawHours(HOURS_SINCE, traffic, (hour) => perHour * shareAt(hour), size, random),
    stragglers: scatter(stragglers, random),
    releases: drawReleases(random),
  };
}

function drawHours(
  length: number,
  traffic: (hour: number) => number,
  perHour: (hour: number) => number,
  size: number,
  random: Random,
): HourCounts {
  const errors = new Array<number>(length).fill(0);
  const active = new Array<number>(length).fill(0);
  const exposure = Array.from({ length }, (_, hour) => traffic(hour));
  const filled = new Uint8Array(length * BUCKETS_PER_HOUR);
  for (let hour = 0; hour < length; hour++) {
    const begun = drawPoisson((perHour(hour) / size) * (exposure[hour] ?? 0), random);
    for (let each = 0; each < begun; each++) {
      const from = (hour + random()) * BUCKETS_PER_HOUR;
      for (let error = 0; error < size; error++) addError(from, size === 1 ? 0 : random() * WITHIN);
    }
  }
  return { errors, active, exposure };

  function addError(from: number, later: number): void {
    const bucket = Math.floor(from + later);
    const hour = Math.floor(bucket / BUCKETS_PER_HOUR);
    if (hour >= length) return;
    errors[hour] = (errors[hour] ?? 0) + 1;
    if (filled[bucket] === 0) active[hour] = (active[hour] ?? 0) + 1;
    filled[bucket] = 1;
  }
}

/** Buckets within which a burst comes. */
const WITHIN = 3;

function scatter(count: number, random: Random): number[] {
  const hours = new Array<number>(HOURS_SINCE).fill(0);
  for (let each = 0; each < count; each++) {
    const hour = Math.floor(random() * HOURS_SINCE);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

function drawReleases(random: Random): number[] {
  const releases: number[] = [];
  const next = () => drawExponential(HOURS_BETWEEN_RELEASES, random);
  for (let at = next(); at < HOURS_SINCE; at += next()) releases.push(Math.floor(at));
  return releases;
}
