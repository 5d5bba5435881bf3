import type { ListAReleaseSDeploysResponse, RetrieveAnOrganizationSReleaseResponse } from "@sentry/api";
import { toIso } from "./instants.ts";
import type { SentryWorld, StoredRelease } from "./world.ts";

/** A release as issues name it. */
export function releaseName(world: SentryWorld, version: string | undefined) {
  const release = version === undefined ? undefined : world.releases.get(version);
  if (release === undefined) return null;
  return {
    version: release.version,
    shortVersion: release.version,
    dateCreated: toIso(release.createdAt),
    dateReleased: release.releasedAt === null ? null : toIso(release.releasedAt),
    ref: null,
    url: null,
  };
}

/** A release as events name it. */
export function releaseInEvent(release: StoredRelease) {
  const [last] = release.commits;
  return {
    id: 1,
    version: release.version,
    commitCount: release.commits.length,
    deployCount: release.deploys.length,
    data: {},
    dateCreated: toIso(release.createdAt),
    dateReleased: release.releasedAt === null ? null : toIso(release.releasedAt),
    lastCommit: last ? { id: last.sha, message: last.message, dateCreated: toIso(last.at) } : null,
    ref: null,
    url: null,
    status: "open",
    userAgent: null,
  };
}

/** A release, in the list and alone. `firstEvent` and `lastEvent` count error events only, as Sentry's do. */
export function releaseReply(
  world: SentryWorld,
  release: StoredRelease,
): RetrieveAnOrganizationSReleaseResponse {
  const times = [...world.issues.values()]
    .flatMap(({ events }) => events)
    .filter((event) => event.release === release.version)
    .map(({ at }) => at);
  const base = releaseInEvent(release);
  const [deploy] = release.deploys;
  return {
    ...base,
    id: [...world.releases.keys()].indexOf(release.version) + 1,
    shortVersion: release.version,
    versionInfo: {
      package: null,
      version: { raw: release.version },
      description: release.version,
      buildHash: null,
    },
    newGroups: 0,
    owner: null,
    lastDeploy: deploy ? deployReply(deploy) : null,
    authors: [],
    projects: [...release.projectIds].flatMap((id) => {
      const project = world.projects.get(id);
      return project
        ? [
            {
              slug: project.slug,
              name: project.name,
              platform: project.platform,
              id: Number(id),
              newGroups: 0,
              platforms: [project.platform],
              hasHealthData: true,
            },
          ]
        : [];
    }),
    firstEvent: times.length === 0 ? null : toIso(times.reduce((first, at) => Math.min(first, at))),
    lastEvent: times.length === 0 ? null : toIso(times.reduce((last, at) => Math.max(last, at))),
    currentProjectMeta: {},
  };
}

function deployReply(
  deploy: StoredRelease["deploys"][number],
): ListAReleaseSDeploysResponse[number] & { name: string } {
  const { id, environment, at, url } = deploy;
  return { id, environment, url, name: id, dateStarted: null, dateFinished: toIso(at) };
}
