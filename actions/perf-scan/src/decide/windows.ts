import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import type { PerfScanInputs } from "../contract.ts";
import type { HourSpan } from "../facts.ts";

/** Sentry is through with an hour a few minutes after its end. */
const INGESTION = 5 * MINUTE;

/** The hours of one scan. */
export type ScanWindows = {
  /** What is judged. */
  readonly current: HourSpan;
  /** Of the same length: what people see it compared with. */
  readonly before: HourSpan;
  /** Everything that the rule looks at, up to the end of `current`. */
  readonly history: HourSpan;
};

/**
 * The hours to look at; whole ones, so that a scan in the same hour asks the same. What is before lies whole days back,
 * because night and day are not compared with each other. Pure.
 */
export function chooseWindows(now: Date, inputs: Compared): ScanWindows {
  const to = Math.floor((now.getTime() - INGESTION) / HOUR) * HOUR;
  const from = to - inputs["window-hours"] * HOUR;
  const back = findDistance(inputs);
  return {
    current: between(from, to),
    before: between(from - back, to - back),
    history: between(from - back, to),
  };
}

/** How far back what it is compared with lies, in milliseconds: always whole days. Pure. */
export const findDistance = ({ "window-hours": hours, baseline }: Compared): number =>
  baseline === "previous-week" ? WEEK : Math.ceil((hours * HOUR) / DAY) * DAY;

type Compared = Pick<PerfScanInputs, "window-hours" | "baseline">;

const between = (from: number, to: number): HourSpan => ({ from: new Date(from), to: new Date(to) });
