import type { ScoreMark } from "@patchpilot/incident";
import type { IntakeSubject } from "../facts.ts";
import { findCategory } from "./category.ts";
import { findReport, isReportOnly } from "./find-report.ts";

/**
 * What its category adds to the severity of a report, in the points of `scoreSeverity`: downtime +4, a job that failed +1,
 * a hang +1, a possible injection +2; what only a browser says -1, by a policy that only reports -2 more, of an
 * extension -6. Empty for an error, which is judged by its level and by whether it was handled. Pure.
 */
export function markCategory(subject: IntakeSubject): readonly ScoreMark[] {
  const { category, name } = findCategory(subject);
  switch (category) {
    case "error":
      return [];
    case "hang":
      return [[1, "the application did not answer its user"]];
    case "uptime":
      return [[4, "visitors cannot reach it, as Sentry's monitor sees it"]];
    case "cron":
      return [[1, "a scheduled job failed or did not run"]];
    case "vulnerability":
      return [[2, "what a visitor sends may reach a query as code"]];
    case "feedback":
      return [[0, "someone reported it in words; no number shows how bad it is"]];
    case "performance":
      return [[0, "it makes the application slow; nothing fails by it"]];
    case "replay":
      return [[0, "it was seen in the browser of a visitor"]];
    case "metric":
      return [[0, "a metric crossed the threshold that people set"]];
    case "security":
      return markReport(subject);
    case "other":
      return [[0, `Sentry calls it ${plainName(name)}, which does not show how bad it is`]];
  }
}

/** Whether Sentry's level says how bad it is: detectors and forms give all of theirs the same. */
export const hasTellingLevel = (subject: IntakeSubject): boolean =>
  !["feedback", "performance", "replay", "metric", "vulnerability"].includes(findCategory(subject).category);

function markReport(subject: IntakeSubject): ScoreMark[] {
  const report = findReport(subject);
  const places = [report?.facts["blocked_uri"], report?.facts["source_file"]].join(" ");
  if (/\b(?:chrome|moz|safari-web|safari|ms-browser|edge)-extension\b/.test(places))
    return [[-6, "an extension of the browser caused it, not the site"]];
  if (report?.kind === "nel") return [[1, "browsers could not reach the site over the network"]];
  return [
    [-1, "only browsers report it, and any browser may"],
    ...(isReportOnly(subject) ? [[-2, "the policy only reports: nothing was blocked"] as const] : []),
  ];
}

/** Sentry's own name of a category, if it is one; no text of others may be among the reasons. */
export const plainName = (name: string): string =>
  /^[a-z][a-z0-9_]{0,59}$/.test(name) ? name : "something else";
