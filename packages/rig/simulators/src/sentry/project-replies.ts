import type { ListAnOrganizationSProjectsResponse } from "@sentry/api";
import { environmentReplies } from "./environments.ts";
import { LONG_AGO, toIso } from "./instants.ts";
import type { SentryWorld, StoredProject } from "./world.ts";

/**
 * A project in the organization's list, as an integration sees it: it sits in no team and so is no member, and has
 * access by the organization's open membership.
 */
export function sentryProjectReply(
  world: SentryWorld,
  project: StoredProject,
): ListAnOrganizationSProjectsResponse[number] {
  const { id, slug, name, platform } = project;
  const team = { id: "1", name: world.organization, slug: world.organization };
  const errors = [...world.issues.values()].filter(
    ({ projectId, kind }) => projectId === id && kind.occurrence === null,
  );
  const instants = errors.flatMap(({ events }) => events.map(({ at }) => at));
  const releases = [...world.releases.values()].filter(({ projectIds }) => projectIds.has(id));
  const latest = releases.toSorted((one, other) => other.createdAt - one.createdAt)[0];
  return {
    ...{ id, slug, name, platform, team },
    teams: [team],
    platforms: errors.length === 0 ? [] : [platform],
    environments: environmentReplies(world, new Set([id])).map((environment) => environment.name),
    latestRelease: latest === undefined ? null : { version: latest.version },
    dateCreated: LONG_AGO,
    firstEvent: instants.length === 0 ? null : toIso(instants.reduce((first, at) => Math.min(first, at))),
    firstTransactionEvent: world.spans.some(({ kind }) => kind.projectId === id && kind.isTransaction),
    hasSessions: world.sessions.some(({ projectId }) => projectId === id),
    isBookmarked: false,
    isMember: false,
    hasAccess: true,
    access: [],
    features: [],
    hasUserReports: false,
    ...UNUSED_PRODUCTS,
  };
}

const UNUSED_PRODUCTS = {
  hasFeedbacks: false,
  hasFlags: false,
  hasMinifiedStackTrace: false,
  hasMonitors: false,
  hasNewFeedbacks: false,
  hasProfiles: false,
  hasReplays: false,
  hasInsightsHttp: false,
  hasInsightsDb: false,
  hasInsightsAssets: false,
  hasInsightsAppStart: false,
  hasInsightsScreenLoad: false,
  hasInsightsVitals: false,
  hasInsightsCaches: false,
  hasInsightsQueues: false,
  hasInsightsAgentMonitoring: false,
  hasInsightsMCP: false,
  hasLogs: false,
  hasTraceMetrics: false,
};
