import type { Line } from "@patchpilot/action-kit";
import { isMeasured } from "@patchpilot/incident";
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
 */
export function idleLines({ cases, absences }: ImpactReading, due: ReadonlySet<number>): Line[] {
  if (absences !== undefined)
    return cases.filter(({ issue, readOnly }) => !due.has(issue) && !readOnly).map(leftLine);
  return due.size > 0 ? [] : [{ level: "info", text: lookedAt(cases.length) }];
}

const lookedAt = (count: number): string =>
  count === 0
    ? "No open incident is at the stage where impact is counted, so there is nothing to count."
    : `Looked at ${count} ${count === 1 ? "incident" : "incidents"}; none is due to be counted.`;

function leftLine({ issue, open, held, summary }: ImpactCase): Line {
  if (!open) return { level: "notice", text: `#${issue} is closed, so nothing is counted.` };
  if (held)
    return {
      level: "notice",
      text: `#${issue} is on hold: take \`patchpilot:hold\` off to have it counted.`,
    };
  return {
    level: "info",
    text: isMeasured(summary.kind)
      ? `#${issue} is not due: it was counted before. It is counted at each run until \`window-hours\` are full.`
      : `#${issue} is a request and not a failure, so there is no loss to count.`,
  };
}
