import type { ListAnIssueSEventsResponse, RetrieveAnIssueEventResponse } from "@sentry/api";
import { LONG_AGO, toIso } from "./instants.ts";
import { substatusNow } from "./lifecycle.ts";
import { releaseInEvent, releaseName } from "./release-replies.ts";
import {
  issuePermalink,
  type SentryWorld,
  type StoredEvent,
  type StoredIssue,
  type StoredProject,
} from "./world.ts";

/** The fields that an issue has in every reply. */
function issueBase(world: SentryWorld, issue: StoredIssue, project: StoredProject) {
  const { id, shortId, title, culprit, level, status, priority, metadata, isUnhandled } = issue;
  return {
    ...{ id, shortId, title, culprit, level, status, priority, metadata, isUnhandled },
    shareId: id,
    permalink: issuePermalink(world, id),
    logger: null,
    statusDetails: issue.resolvedIn === null ? {} : { inRelease: issue.resolvedIn },
    substatus: substatusNow(world, issue),
    isPublic: false,
    platform: project.platform,
    priorityLockedAt: null,
    seerFixabilityScore: null,
    seerAutofixLastTriggered: null,
    seerExplorerAutofixLastTriggered: null,
    project: { id: project.id, slug: project.slug, name: project.name, platform: project.platform },
    ...{ type: issue.kind.type, issueType: issue.kind.issueType, issueCategory: issue.kind.issueCategory },
    numComments: 0,
    assignedTo: null,
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: false,
    annotations: [],
    derivedData: {
      blocker: "none",
      progress: "detected",
      status: "open",
      viewCount: 0,
      hasOpenFixPr: issue.hasOpenFixPr,
      isAssigned: false,
      hasRootCause: false,
      lastCompletedAutofixStep: "none",
      lastProgressedAt: null,
    },
  };
}

/** How often, by how many users and when some events of an issue were seen. */
function seenStats(events: readonly StoredEvent[]) {
  const times = events.map(({ at }) => at);
  return {
    count: String(events.length),
    userCount: new Set(events.flatMap(({ user }) => user ?? [])).size,
    firstSeen: times.length === 0 ? null : toIso(times.reduce((first, at) => Math.min(first, at))),
    lastSeen: times.length === 0 ? null : toIso(times.reduce((last, at) => Math.max(last, at))),
  };
}

/**
 * An issue in the issue list. Its count and times are of the time and the environments that were asked for, beside it
 * those of its life; `collapse=stats` takes all of them away (`StreamGroupSerializerSnuba` in getsentry/sentry).
 * @param seen its events within what was asked for
 */
export function listedIssueReply(
  world: SentryWorld,
  issue: StoredIssue,
  project: StoredProject,
  {
    seen = issue.events,
    collapsed = [],
    series = true,
  }: { seen?: readonly StoredEvent[]; collapsed?: readonly string[]; series?: boolean } = {},
) {
  const stats = {
    ...seenStats(seen),
    ...(series ? { stats: { "24h": hourlyStats(world, issue, 24) } } : {}),
    ...(collapsed.includes("lifetime") ? {} : { lifetime: seenStats(issue.events) }),
    ...(collapsed.includes("filtered") ? {} : { filtered: null }),
  };
  return {
    ...issueBase(world, issue, project),
    ...(collapsed.includes("stats") ? {} : stats),
    latestEventHasAttachments: issue.hasAttachments,
    matchingEventId: null,
    matchingEventEnvironment: null,
  };
}

/** A single issue, with its releases, activity and links. */
export function issueReply(
  world: SentryWorld,
  issue: StoredIssue,
  project: StoredProject,
  expanded: readonly string[],
) {
  const releases = issue.events.flatMap(({ release }) => (release === null ? [] : [release]));
  return {
    ...issueBase(world, issue, project),
    ...seenStats(issue.events),
    firstRelease: releaseName(world, releases[0]),
    lastRelease: releaseName(world, releases.at(-1)),
    tags: [],
    stats: { "24h": hourlyStats(world, issue, 24), "30d": hourlyStats(world, issue, 24 * 30, 86_400_000) },
    ...(expanded.includes("integrationIssues") ? { integrationIssues: issue.integrationIssues } : {}),
    ...(expanded.includes("latestEventHasAttachments")
      ? { latestEventHasAttachments: issue.hasAttachments }
      : {}),
    activity: issue.activity
      .map(({ type, at, data }, index) => ({
        id: String(index),
        type,
        dateCreated: toIso(at),
        data,
        user: null,
      }))
      .toReversed(),
    seenBy: [],
    userReportCount: 0,
    participants: [],
    pluginActions: [],
    pluginContexts: [],
    pluginIssues: [],
  };
}

/** Counts by hour (or another width), oldest first: [epoch seconds, count]. */
function hourlyStats(world: SentryWorld, issue: StoredIssue, hours: number, width = 3_600_000): number[][] {
  const buckets = Math.round((hours * 3_600_000) / width);
  const first = (Math.floor(world.clock.now() / width) - buckets + 1) * width;
  const counts = new Array<number>(buckets).fill(0);
  for (const { at } of issue.events) {
    const index = Math.floor((at - first) / width);
    if (index in counts) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count, index) => [(first + index * width) / 1_000, count]);
}

/** Tags as events show them: those of the kind, and release and environment of the event. */
function listTags({ api, release, environment }: StoredEvent): { key: string; value: string }[] {
  const own = { ...(environment ? { environment } : {}), ...(release ? { release } : {}) };
  return Object.entries({ ...api.tags, ...own }).map(([key, value]) => ({ key, value }));
}

/** The fields that an event has in every reply. */
function eventBase(issue: StoredIssue, event: StoredEvent) {
  const { message, title, location, culprit, platform, metadata } = event.api;
  return {
    ...{ message, title, location, culprit, platform, metadata },
    id: event.id,
    eventID: event.id,
    groupID: issue.id,
    projectID: issue.projectId,
    user: userReply(event),
    tags: listTags(event),
    dateCreated: toIso(event.at),
    crashFile: null,
  };
}

/** An event in an issue's event list. */
export function listedEventReply(issue: StoredIssue, event: StoredEvent): ListAnIssueSEventsResponse[number] {
  return { ...eventBase(issue, event), "event.type": issue.kind.eventType };
}

function userReply({ user }: StoredEvent) {
  return user === null ? null : { id: user, email: null, username: null, ip_address: null, name: null };
}

/** A single event, with its entries. */
export function eventReply(
  world: SentryWorld,
  issue: StoredIssue,
  event: StoredEvent,
): RetrieveAnIssueEventResponse {
  const { api } = event;
  const index = issue.events.indexOf(event);
  const release = event.release === null ? undefined : world.releases.get(event.release);
  return {
    ...eventBase(issue, event),
    dateReceived: toIso(event.at),
    contexts: api.contexts,
    size: 4_096,
    entries: [...api.entries],
    dist: null,
    sdk: api.sdk,
    context: { ...api.extra },
    packages: {},
    type: issue.kind.eventType,
    errors: [],
    occurrence: issue.kind.occurrence,
    _meta: {},
    fingerprints: [issue.fingerprint],
    release: release ? releaseInEvent(release) : null,
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: issue.events[index + 1]?.id ?? null,
    previousEventID: issue.events[index - 1]?.id ?? null,
  };
}

/** The organization's own record, which names its region. */
export function organizationReply(world: SentryWorld, regionUrl: string) {
  return {
    id: "1",
    slug: world.organization,
    name: world.organization,
    status: { id: "active", name: "active" },
    dateCreated: LONG_AGO,
    links: { organizationUrl: `${world.webUrl}/organizations/${world.organization}`, regionUrl },
  };
}
