import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { drawExponential, type Random } from "../draws.ts";
import { DAY_BUCKETS, hours } from "./plan.ts";
import { type Spawn, spawnBursts, spawnSingly } from "./spawn.ts";

const DAYS_BEFORE = 7;
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
  /** Late errors of clients without the fix. */
  readonly stragglers: { readonly count: number; readonly nameRelease: boolean };
  /** Days since the close that are drawn. */
  readonly days: number;
};

/** Errors and exposure by five-minute bucket. */
type Counted = { readonly events: readonly number[]; readonly exposure: readonly number[] };

/** A week before a deploy, and the days since the close. */
export type Aftermath = {
  readonly before: Counted;
  /** Errors of clients with the fix, and of those that name no release. */
  readonly since: Counted;
  /** Errors of clients that name a release without it. */
  readonly stragglers: readonly number[];
  /** Buckets since the close in which a release went live. */
  readonly releases: readonly number[];
};

export function drawAftermath(relapse: Relapse, random: Random): Aftermath {
  const { pattern, perHour, left, back, stragglers, days } = relapse;
  const traffic = drawTraffic(pattern, (DAYS_BEFORE + days) * DAY_BUCKETS, random);
  const spawn = pattern === "bursts of 4" ? spawnBursts(4, 0.25) : spawnSingly;
  const closed = DAYS_BEFORE * DAY_BUCKETS;
  const begins = back === null ? Number.POSITIVE_INFINITY : hours(back.afterHours);
  const exposure = traffic.slice(closed);
  const before = drawCounted(traffic.slice(0, closed), spawn, () => perHour, random);
  const shareAt = (bucket: number) => (bucket >= begins ? (back?.share ?? left) : left);
  const since = drawCounted(exposure, spawn, (bucket) => perHour * shareAt(bucket), random);
  const late = scatter(stragglers.count, exposure.length, random);
  const none = new Array<number>(exposure.length).fill(0);
  return {
    before,
    since: stragglers.nameRelease
      ? since
      : { exposure, events: since.events.map((n, i) => n + (late[i] ?? 0)) },
    stragglers: stragglers.nameRelease ? late : none,
    releases: drawReleases(exposure.length, random),
  };
}

function drawTraffic(pattern: Relapse["pattern"], length: number, random: Random): number[] {
  const traffic = new Array<number>(length).fill(1);
  if (pattern !== "daily cycle") return traffic;
  const phase = random();
  const day = Array.from(
    { length: DAY_BUCKETS },
    (_, i) => 1 + DAILY_SWING * Math.sin(2 * Math.PI * (i / DAY_BUCKETS + phase)),
  );
  for (let i = 0; i < length; i++) traffic[i] = day[i % DAY_BUCKETS] ?? 1;
  return traffic;
}

function drawCounted(
  exposure: readonly number[],
  spawn: Spawn,
  perHour: (bucket: number) => number,
  random: Random,
): Counted {
  const expected = new Array<number>(exposure.length).fill(0);
  for (let i = 0; i < expected.length; i++) {
    expected[i] = ((exposure[i] ?? 0) * perHour(i)) / BUCKETS_PER_HOUR;
  }
  return { events: spawn(expected, random), exposure };
}

function scatter(count: number, length: number, random: Random): number[] {
  const buckets = new Array<number>(length).fill(0);
  for (let each = 0; each < count; each++) {
    const bucket = Math.floor(random() * length);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  return buckets;
}

function drawReleases(length: number, random: Random): number[] {
  const releases: number[] = [];
  const next = () => hours(drawExponential(HOURS_BETWEEN_RELEASES, random));
  for (let at = next(); at < length; at += next() + 1) releases.push(at);
  return releases;
}
