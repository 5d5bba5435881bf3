import type { IssueStatus, SentryWorld, StoredEvent, StoredIssue } from "./world.ts";

/** Resolves, reopens or ignores an issue. `inRelease` resolves for that release and later ones only. */
export function setStatus(
  world: SentryWorld,
  issue: StoredIssue,
  status: IssueStatus,
  inRelease?: string,
): void {
  if (issue.status === status && issue.resolvedIn === (inRelease ?? null)) return;
  issue.status = status;
  issue.substatus =
    status === "unresolved" ? "ongoing" : status === "ignored" ? "archived_until_escalating" : null;
  issue.resolvedIn = status === "resolved" ? (inRelease ?? null) : null;
  const at = world.clock.now();
  if (status === "unresolved") issue.activity.push({ type: "set_unresolved", at, data: {} });
  if (status !== "resolved") return;
  if (inRelease === undefined) issue.activity.push({ type: "set_resolved", at, data: {} });
  else issue.activity.push({ type: "set_resolved_in_release", at, data: { version: inRelease } });
}

/**
 * A new event reopens a resolved issue. If it is resolved in a release, that release and newer ones do, and neither an
 * older one nor an event without a release (`GroupResolution.has_resolution` in getsentry/sentry; versions are compared
 * by date only here).
 */
export function regressIfResolved(world: SentryWorld, issue: StoredIssue, event: StoredEvent): void {
  if (issue.status !== "resolved") return;
  if (issue.resolvedIn !== null && isStillResolved(world, event.release, issue.resolvedIn)) return;
  issue.status = "unresolved";
  issue.substatus = "regressed";
  issue.resolvedIn = null;
  issue.activity.push({ type: "set_regression", at: event.at, data: { version: event.release ?? "" } });
}

function isStillResolved(world: SentryWorld, version: string | null, resolvedIn: string): boolean {
  if (version === null) return true;
  if (version === resolvedIn) return false;
  const created = world.releases.get(version)?.createdAt;
  const limit = world.releases.get(resolvedIn)?.createdAt;
  return created !== undefined && limit !== undefined && limit >= created;
}

const ONGOING_AFTER_MS = 7 * 86_400_000;

/** After seven days without a change, new and regressed issues become "ongoing" by themselves. */
export function substatusNow(world: SentryWorld, issue: StoredIssue): string | null {
  const since = issue.activity.at(-1)?.at ?? world.clock.now();
  const isFresh = world.clock.now() - since < ONGOING_AFTER_MS;
  const settles = ["new", "regressed", "escalating"].includes(issue.substatus ?? "");
  return settles && !isFresh ? "ongoing" : issue.substatus;
}
