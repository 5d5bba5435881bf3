import { closeRecord } from "@patchpilot/incident/testing";
import { HOUR } from "@patchpilot/time";
import { BUCKETS_PER_HOUR, summariseWatch } from "@patchpilot/verdict";
import type { OldCounts, OldRate, VerifyFacts } from "../facts.ts";
import type { VerifyCase } from "../questions/case.ts";
import type { WatchFact } from "../questions/watch/facts.ts";
import { counted } from "./facts.ts";
import { ALIVE } from "./sensor.ts";
import { aCase, LIVE, NOW, someFacts } from "./world.ts";

/** A week at two errors an hour and 120 sessions an hour. */
export const OLD_RATE: OldRate = {
  active0: 336,
  events0: 336,
  known0: 2016,
  n0: 2016,
  E0: 20_160,
  first: false,
  phi: 1,
};

export type Since = {
  readonly hours: number;
  /** Errors an hour in the newest hours, and in how many of them; before that there was none. */
  readonly perHour?: number;
  readonly lastHours?: number;
  readonly sessions?: number;
};

/** What the watch saw so many hours after the close. */
export function summed({ hours, perHour = 0, lastHours = hours, sessions = 120 }: Since) {
  const length = hours * BUCKETS_PER_HOUR;
  const from = length - lastHours * BUCKETS_PER_HOUR;
  const step = BUCKETS_PER_HOUR / perHour;
  const events = Array.from({ length }, (_, i) =>
    i >= from && Math.floor((i - from + 1) / step) > Math.floor((i - from) / step) ? 1 : 0,
  );
  const exposure = new Array<number>(length).fill(sessions / BUCKETS_PER_HOUR);
  return summariseWatch({ before: OLD_RATE, since: { events, exposure } });
}

type Counted = Extract<WatchFact, { state: "counted" }>;

/** The fact of a watch, counted in sessions, its releases not separated. */
export const sawSince = (since: Since, more: Partial<Counted> = {}): Counted => ({
  state: "counted",
  hours: since.hours,
  sinceClose: true,
  fixed: summed(since),
  alive: true,
  sameSampling: true,
  raisedBy: [],
  ...more,
});

export const BY_SESSIONS: OldCounts = { before: OLD_RATE, source: "sessions" };

/** An incident that was closed so many hours ago, with everything asked. */
export const closed = (hours: number, watch: WatchFact, more: Partial<VerifyFacts> = {}): VerifyFacts =>
  someFacts({
    phase: "recovered",
    close: { at: NOW - hours * HOUR, looks: [], old: BY_SESSIONS },
    sign: { state: "seen", at: NOW - HOUR },
    deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - (hours + 5) * HOUR },
    watch,
    sensor: ALIVE,
    ...more,
  });

/** The incident itself, with the record of its close. */
export function closedCase(hours: number, more: Partial<VerifyCase> = {}): VerifyCase {
  const closedAt = new Date(NOW - hours * HOUR).toISOString();
  return aCase({
    phase: "recovered",
    previous: {
      ...closeRecord(closedAt),
      anchor: NOW - (hours + 35) * HOUR,
      mergeCommit: aCase().merge?.commit,
      attempt: 1,
      numbers: { facts: { errors: counted(35, 0) } },
    },
    ...more,
  });
}
