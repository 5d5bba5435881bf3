import type { NewIssue } from "./store-event.ts";
import {
  makeEventId,
  mentionRelease,
  nextIssueIds,
  requireProject,
  type SentryWorld,
  type StoredIssue,
} from "./world.ts";

/** What Sentry's detectors and monitors, a feedback form or a browser report. */
export type FedOccurrence = {
  /** Id or slug; the first project if none is named. */
  readonly project?: string;
  /** Default "production"; null: of none. */
  readonly environment?: string | null;
  readonly release?: string;
  /** Milliseconds since the epoch; default: now. */
  readonly at?: number;
  readonly title: string;
  readonly culprit?: string;
  readonly level?: string;
  readonly priority?: StoredIssue["priority"];
  /** How the API names what it is; names differ between versions of Sentry. Absent ones are left out of replies. */
  readonly kind: Pick<StoredIssue["kind"], "type" | "issueType" | "issueCategory">;
  readonly metadata?: Partial<StoredIssue["metadata"]>;
  readonly hasAttachments?: boolean;
  /** Of the event: its `type`, entries, contexts, tags, and `occurrence` as the API serves it. */
  readonly event?: {
    readonly type?: string;
    readonly platform?: string;
    readonly entries?: readonly { readonly type: string; readonly data: unknown }[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly contexts?: Readonly<Record<string, unknown>>;
    readonly occurrence?: Readonly<Record<string, unknown>>;
  };
};

/** Opens the issue of an occurrence with its one event. */
export function addOccurrence(world: SentryWorld, fed: FedOccurrence): NewIssue {
  const project = requireProject(world, fed.project);
  const { title, culprit = "", level = "error", kind, event = {}, environment = "production" } = fed;
  const at = fed.at ?? world.clock.now();
  world.eventCount += 1;
  const id = makeEventId(world.eventCount);
  const metadata = { type: "", value: "", filename: "", function: "", ...fed.metadata };
  const occurrence =
    event.occurrence === undefined
      ? null
      : {
          id,
          projectId: Number(project.id),
          eventId: id,
          resourceId: null,
          issueTitle: title,
          ...event.occurrence,
        };
  const issue: StoredIssue = {
    ...nextIssueIds(world, project),
    ...{ projectId: project.id, fingerprint: `occurrence|${id}`, title, culprit, level, metadata },
    ...{ status: "unresolved", substatus: "new", resolvedIn: null, isUnhandled: false, hasOpenFixPr: false },
    priority: fed.priority ?? "medium",
    kind: { ...kind, eventType: event.type ?? "generic", occurrence },
    hasAttachments: fed.hasAttachments ?? false,
    events: [],
    activity: [{ type: "first_seen", at, data: {} }],
    integrationIssues: [],
  };
  const api = {
    ...{ title, message: "", culprit, location: null, level, metadata, handled: true },
    platform: event.platform ?? project.platform,
    entries: event.entries ?? [],
    tags: { level, ...event.tags },
    contexts: event.contexts ?? {},
    extra: {},
    sdk: { name: "", version: "" },
  };
  const stored = { id, issueId: issue.id, at, release: fed.release ?? null, environment, user: null, api };
  issue.events.push(stored);
  if (fed.release) mentionRelease(world, fed.release, project.id, at);
  world.issues.set(issue.id, issue);
  return { issue, event: stored };
}
