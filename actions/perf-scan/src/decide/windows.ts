import type { Window } from "../ports.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Sentry is through with an hour a few minutes after its end. */
const INGESTION = 5 * 60_000;

/** The hours of one scan. */
export type Windows = {
  /** What is judged. */
  readonly current: Window;
  /** Of the same length: what people see it compared with. */
  readonly before: Window;
  /** Everything that the rule looks at, up to the end of `current`. */
  readonly history: Window;
};

/**
 * The hours to look at; whole ones, so that a scan in the same hour asks the same. What is before lies whole days back,
 * because night and day are not compared with each other. Pure.
 */
export function windowsOf(now: Date, hours: number, baseline: "previous-week" | "previous-window"): Windows {
  const to = Math.floor((now.getTime() - INGESTION) / HOUR) * HOUR;
  const from = to - hours * HOUR;
  const back = backOf(hours, baseline);
  return {
    current: between(from, to),
    before: between(from - back, to - back),
    history: between(from - back, to),
  };
}

/** How far back what it is compared with lies, in milliseconds: always whole days. Pure. */
export function backOf(hours: number, baseline: "previous-week" | "previous-window"): number {
  return baseline === "previous-week" ? WEEK : Math.ceil((hours * HOUR) / DAY) * DAY;
}

const between = (from: number, to: number): Window => ({ from: new Date(from), to: new Date(to) });
