import { type Incident, isHeld, isWatched } from "@patchpilot/incident";
import type { SentryIssue } from "../facts.ts";

/**
 * Whether a closed incident may come back by what Sentry says of it: it is an error that Sentry knows, nobody said that
 * it is not to be fixed, and it is not watched. Sentry calls one late event of an old client a regression; of what is
 * watched, verify-recovery counts the errors of releases that hold the fix.
 */
export function mayReturn(incident: Incident, now: Date): boolean {
  const { open, stateReason, records, phase } = incident;
  const closedAt = findClose(incident);
  if (open || closedAt === null || records.newerVersion !== undefined || isHeld(incident)) return false;
  if (phase !== "recovered" && phase !== "dismissed") return false;
  if (phase === "recovered" && isWatched(Date.parse(closedAt), now.getTime())) return false;
  if (phase === "dismissed" && /^(not_planned|duplicate)$/i.test(stateReason ?? "")) return false;
  const record = records.incident?.data;
  return record?.kind === "error" && record.sentry?.shortId !== undefined;
}

/**
 * When it was closed; what was recovered, when that was written down: a bot may have reopened it since, and its watch
 * did not begin anew when it was closed again.
 */
function findClose({ phase, episode, records, closedAt }: Incident): string | null {
  const recoveredAt = phase === "recovered" ? records.recoveries.get(episode)?.data.closedAt : undefined;
  return recoveredAt ?? closedAt;
}

/** A release's age, as Sentry knows it: version -> when it was created. */
export type ReleaseDates = ReadonlyMap<string, string | null>;

type Sign = { readonly at: string; readonly release: string | null };

/**
 * What speaks for a return: of what a person closed, the newest regression since; of what was watched, the last event
 * since the watch ended, as Sentry may have called it a regression long before.
 */
export function findSign(incident: Incident, issue: SentryIssue): Sign | undefined {
  const { phase } = incident;
  const closedAt = findClose(incident);
  if (closedAt === null || issue.status !== "unresolved") return undefined;
  if (phase !== "recovered") return issue.regressions.find(({ at }) => isAfter(at, closedAt));
  const { lastSeen, lastRelease } = issue;
  return lastSeen === null || isWatched(Date.parse(closedAt), Date.parse(lastSeen))
    ? undefined
    : { at: lastSeen, release: lastRelease?.version ?? null };
}

/**
 * Whether a closed incident came back: the sign must be of a release that is newer than the fix, for old clients keep
 * reporting what they always did. Without a release it counts only if the watch is over: nobody else looks then.
 * @returns when it came back, or null.
 */
export function returnedAt(incident: Incident, issue: SentryIssue, releases: ReleaseDates): string | null {
  const sign = findSign(incident, issue);
  if (sign === undefined) return null;
  if (sign.release === null) return incident.phase === "recovered" ? sign.at : null;
  const created = releases.get(sign.release) ?? null;
  return created !== null && Date.parse(created) > findFixed(incident) ? sign.at : null;
}

/**
 * When the fix was merged, as the record of the recovery has it: what comes back after the watch may come with no new
 * release. Otherwise the close. In milliseconds; NaN: neither is known.
 */
function findFixed(incident: Incident): number {
  const { phase, episode, records } = incident;
  const { numbers } = records.recoveries.get(episode)?.data ?? {};
  const { fix } =
    (numbers as { facts?: { fix?: { kind?: unknown; at?: unknown } } } | undefined)?.facts ?? {};
  if (phase === "recovered" && fix?.kind === "merged" && typeof fix.at === "number") return fix.at;
  return Date.parse(findClose(incident) ?? "");
}

const isAfter = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
