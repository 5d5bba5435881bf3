import type { Line } from "@patchpilot/action-kit";
import { isMeasured } from "@patchpilot/incident";
import { describeInstant } from "@patchpilot/time";
import type { ImpactCase, ImpactReading } from "./facts.ts";

/** What a run says of named issues that are no incidents. Pure. */
export const absenceLines = ({ absences = [] }: ImpactReading): Line[] =>
  absences.map((text) => ({ level: "notice", text }));

/** Why PostHog is not asked; it is optional, so no tick annotates its job with it. Pure. */
export const missingLine = (text: string): Line => ({ level: "info", text });

/**
 * What a run says of the incidents that it does not count. A run about named issues says why for each; one that looks
 * around says how many it looked at, so that no tick is silent and none annotates its job. Pure.
 * @param due the issues that are counted
 * @param early those of which too little can be counted yet, with when enough can; null: never
 */
export function idleLines(
  { now, cases, absences }: ImpactReading,
  due: ReadonlySet<number>,
  early: ReadonlyMap<number, number | null>,
): Line[] {
  if (absences !== undefined)
    return cases
      .filter(({ issue, readOnly }) => !due.has(issue) && !readOnly)
      .map((each) => leftLine(each, early.get(each.issue), now));
  return due.size > 0 ? [] : [{ level: "info", text: lookedAt(cases.length) }];
}

const lookedAt = (count: number): string =>
  count === 0
    ? "No open incident is at the stage where impact is counted, so there is nothing to count."
    : `Looked at ${count} ${count === 1 ? "incident" : "incidents"}; none is due to be counted.`;

function leftLine(
  { issue, open, held, summary }: ImpactCase,
  first: number | null | undefined,
  now: number,
): Line {
  if (!open) return { level: "notice", text: `#${issue} is closed, so nothing is counted.` };
  if (held)
    return {
      level: "notice",
      text: `#${issue} is on hold: take \`patchpilot:hold\` off to have it counted.`,
    };
  if (first === null)
    return { level: "info", text: `#${issue} lasted under half an hour, so nothing is counted.` };
  if (first !== undefined)
    return {
      level: "info",
      text: `#${issue} is not counted yet: the first count comes after ${describeInstant(first, now)}, with half an hour of it.`,
    };
  return {
    level: "info",
    text: isMeasured(summary.kind)
      ? `#${issue} is not due: it was counted before. It is counted at each run until \`window-hours\` are full.`
      : `#${issue} is a request and not a failure, so there is no loss to count.`,
  };
}
