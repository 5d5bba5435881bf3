import { type Incident, isHeld } from "@patchpilot/incident";
import type { SentryIssue } from "../facts.ts";

/** Whether a closed incident may come back: it is an error that Sentry knows, and nobody said that it is not to be fixed. */
export function mayReturn(incident: Incident): boolean {
  const { open, stateReason, records, phase } = incident;
  if (open || records.newerVersion !== undefined || isHeld(incident)) return false;
  if (phase !== "recovered" && phase !== "dismissed") return false;
  if (phase === "dismissed" && /^(not_planned|duplicate)$/i.test(stateReason ?? "")) return false;
  const record = records.incident?.data;
  return record?.kind === "error" && record.sentry?.shortId !== undefined;
}

/** A release's age, as Sentry knows it: version -> when it was created. */
export type ReleaseDates = ReadonlyMap<string, string | null>;

/**
 * Whether a closed incident came back. Sentry must call the issue unresolved and regressed since the close. Where a
 * person closed it, the regression must also come from a release that is newer than the close: old clients go on
 * reporting what they always did.
 * @returns when it came back, or null.
 */
export function returnedAt(incident: Incident, issue: SentryIssue, releases: ReleaseDates): string | null {
  const closedAt = incident.closedAt;
  if (closedAt === null || issue.status !== "unresolved") return null;
  const [newest] = issue.regressions;
  if (newest === undefined || !isAfter(newest.at, closedAt)) return null;
  if (incident.phase === "recovered") return newest.at;
  const created = newest.release === null ? null : (releases.get(newest.release) ?? null);
  return created !== null && isAfter(created, closedAt) ? newest.at : null;
}

const isAfter = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
