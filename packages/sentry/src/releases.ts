import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { readInstant } from "./instants.ts";
import { lenientList, lenientText } from "./lenient.ts";
import { once } from "./once.ts";
import { type Pages, readPages } from "./paging.ts";

export type SentryRelease = {
  readonly version: string;
  /** Slugs; empty where Sentry does not say. */
  readonly projects: readonly string[];
  readonly dateCreated: string | null;
  readonly dateReleased: string | null;
  /** When its first error event came; null for a release without errors, however long it is live. */
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  /** The commit that was built: Sentry's last commit, or the version where it is a sha (also `name@sha`). */
  readonly commit: string | null;
  readonly commitCount: number;
  readonly lastDeploy: { readonly environment: string; readonly dateFinished: string | null } | null;
};

export type ReleaseCommit = {
  readonly sha: string;
  readonly message: string;
  readonly dateCreated: string | null;
  readonly repository: string | null;
};

export type ReleaseDeploy = {
  readonly environment: string;
  readonly url: string | null;
  readonly dateFinished: string | null;
};

const releaseSchema = once(() =>
  z
    .object({
      version: z.string(),
      dateCreated: lenientText(),
      dateReleased: lenientText(),
      firstEvent: lenientText(),
      lastEvent: lenientText(),
      projects: lenientList(z.object({ slug: z.string() })),
      lastCommit: z.object({ id: z.string() }).nullish().catch(null),
      commitCount: z.number().nullish().catch(null),
      lastDeploy: z.object({ environment: z.string(), dateFinished: lenientText() }).nullish().catch(null),
    })
    .transform(
      ({ lastCommit, commitCount, projects, ...release }): SentryRelease => ({
        ...release,
        projects: projects.map(({ slug }) => slug),
        commit: lastCommit?.id ?? shaIn(release.version),
        commitCount: commitCount ?? 0,
        lastDeploy: release.lastDeploy ?? null,
      }),
    ),
);

/** The full sha that a version is, or ends with after `@`; Vercel's and Sentry's own tools name releases so. */
export function shaIn(version: string): string | null {
  return /^(?:.*@)?([0-9a-f]{40})$/.exec(version)?.[1] ?? null;
}

export async function getRelease(connection: SentryConnection, version: string): Promise<SentryRelease> {
  const { value } = await connection.ask({
    path: ["releases", version],
    schema: releaseSchema(),
    scope: "project:read",
  });
  return value;
}

/** Releases, newest first, at most 100 a page. */
export async function listReleases(
  connection: SentryConnection,
  search: {
    readonly projects?: readonly string[];
    readonly environment?: string;
    readonly maxPages?: number;
  } = {},
): Promise<Pages<SentryRelease>> {
  return readPages(
    (cursor) =>
      connection.ask({
        path: ["releases"],
        query: {
          project: search.projects ?? connection.projects,
          environment: search.environment,
          per_page: 100,
          cursor,
        },
        schema: z.array(releaseSchema()),
        scope: "project:read",
      }),
    search.maxPages ?? 1,
  );
}

/** The commits that came with a release, newest first, at most 300. */
export async function releaseCommits(
  connection: SentryConnection,
  version: string,
): Promise<Pages<ReleaseCommit>> {
  const schema = z
    .object({
      id: z.string(),
      message: lenientText(),
      dateCreated: lenientText(),
      repository: z.object({ name: z.string() }).nullish().catch(null),
    })
    .transform(({ id, message, dateCreated, repository }) => ({
      sha: id,
      message: message ?? "",
      dateCreated,
      repository: repository?.name ?? null,
    }));
  return readPages(
    (cursor) =>
      connection.ask({
        path: ["releases", version, "commits"],
        query: { per_page: 100, cursor },
        schema: z.array(schema),
        scope: "project:read",
      }),
    3,
  );
}

/** Where and when a release was deployed. */
export async function releaseDeploys(
  connection: SentryConnection,
  version: string,
): Promise<readonly ReleaseDeploy[]> {
  const schema = z.object({ environment: z.string(), url: lenientText(), dateFinished: lenientText() });
  const { value } = await connection.ask({
    path: ["releases", version, "deploys"],
    schema: z.array(schema),
    scope: "project:read",
  });
  return value;
}

/** The newest release that was created before another one: the last good one, where that one brought the fault. */
export function releaseBefore(
  releases: readonly SentryRelease[],
  version: string,
): SentryRelease | undefined {
  const created = createdAt(releases.find((release) => release.version === version));
  if (created === undefined) return undefined;
  return releases
    .filter(
      (release) => release.version !== version && (createdAt(release) ?? Number.POSITIVE_INFINITY) < created,
    )
    .reduce<SentryRelease | undefined>((newest, release) => {
      return newest === undefined || (createdAt(release) ?? 0) > (createdAt(newest) ?? 0) ? release : newest;
    }, undefined);
}

function createdAt(release: SentryRelease | undefined): number | undefined {
  return readInstant(release?.dateCreated);
}

/**
 * For each commit the first release that contains it, as far as Sentry was told (`sentry-cli releases set-commits`):
 * by the release's own commit, or its list of commits.
 * @param options.since when the oldest of the commits was made; earlier releases are not looked at.
 * @param options.maxReleases releases whose commits are read, oldest first; default 10. One request each.
 */
export async function firstReleasesWith(
  connection: SentryConnection,
  commits: readonly string[],
  options: { readonly since: Date; readonly projects?: readonly string[]; readonly maxReleases?: number },
): Promise<ReadonlyMap<string, SentryRelease>> {
  const { since, projects, maxReleases = 10 } = options;
  const { rows } = await listReleases(connection, projects ? { projects } : {});
  const candidates = rows
    .filter((release) => (createdAt(release) ?? 0) >= since.getTime())
    .sort((one, other) => (createdAt(one) ?? 0) - (createdAt(other) ?? 0));
  const found = new Map<string, SentryRelease>();
  let read = 0;
  for (const release of candidates) {
    const open = commits.filter((commit) => !found.has(commit));
    if (open.length === 0) break;
    const isBuiltFrom = open.some((commit) => commit === release.commit);
    const mayHold = open.length > (isBuiltFrom ? 1 : 0) && release.commitCount > 0 && read < maxReleases;
    const shas = new Set([release.commit]);
    if (mayHold) {
      read += 1;
      for (const { sha } of (await releaseCommits(connection, release.version)).rows) shas.add(sha);
    }
    for (const commit of open) if (shas.has(commit)) found.set(commit, release);
  }
  return found;
}
