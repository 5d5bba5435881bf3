import { regressIfResolved } from "./lifecycle.ts";
import type { ApiEvent } from "./stored-event.ts";
import type { SentEvent } from "./stored-intake.ts";
import {
  makeEventId,
  mentionRelease,
  nextIssueIds,
  requireProject,
  type SentryWorld,
  type StoredEvent,
  type StoredIssue,
  type StoredProject,
} from "./world.ts";

/** An issue that an event has just opened. */
export type NewIssue = { readonly issue: StoredIssue; readonly event: StoredEvent };

/** Stores an error event and finds its issue; tells the issue if the event opened it. @throws where the project is unknown */
export function storeEvent(
  world: SentryWorld,
  { projectId, fingerprint, api, event, at }: SentEvent,
): readonly NewIssue[] {
  const project = requireProject(world, projectId);
  const known = world.issuesByFingerprint.get(`${project.id}|${fingerprint}`);
  const issue = known ?? openIssue(world, project, fingerprint, api, at);
  world.eventCount += 1;
  const stored: StoredEvent = {
    id: event.event_id ?? makeEventId(world.eventCount),
    issueId: issue.id,
    at,
    release: event.release ?? null,
    environment: event.environment ?? null,
    user: event.user?.id === undefined ? (event.user?.email ?? null) : String(event.user.id),
    api,
  };
  issue.events.push(stored);
  if (event.release) mentionRelease(world, event.release, project.id, at);
  if (known) regressIfResolved(world, issue, stored);
  return known ? [] : [{ issue, event: stored }];
}

function openIssue(
  world: SentryWorld,
  project: StoredProject,
  fingerprint: string,
  api: ApiEvent,
  at: number,
): StoredIssue {
  const issue: StoredIssue = {
    ...nextIssueIds(world, project),
    projectId: project.id,
    fingerprint,
    title: api.title,
    culprit: api.culprit,
    level: api.level,
    metadata: api.metadata,
    status: "unresolved",
    substatus: "new",
    resolvedIn: null,
    priority: api.level === "fatal" || !api.handled ? "high" : "medium",
    isUnhandled: !api.handled,
    hasOpenFixPr: false,
    kind: { type: "error", issueType: "error", issueCategory: "error", eventType: "error", occurrence: null },
    hasAttachments: false,
    events: [],
    activity: [{ type: "first_seen", at, data: {} }],
    integrationIssues: [],
  };
  world.issues.set(issue.id, issue);
  world.issuesByFingerprint.set(`${project.id}|${fingerprint}`, issue);
  return issue;
}
