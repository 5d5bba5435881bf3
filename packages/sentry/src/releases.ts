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
  /** Of these projects, as Sentry calls them: `python-django`, `apple-ios`. */
  readonly platforms: readonly string[];
  readonly dateCreated: string | null;
  readonly dateReleased: string | null;
  /** When its first error event came; null for a release without errors, however long it is live. */
  readonly firstEvent: string | null;
  /** The commit that was built: Sentry's last commit, or the version where it is a sha (also `name@sha`). */
  readonly commit: string | null;
  readonly lastDeploy: { readonly environment: string; readonly dateFinished: string | null } | null;
};

const releaseSchema = once(() =>
  z
    .object({
      version: z.string(),
      dateCreated: lenientText(),
      dateReleased: lenientText(),
      firstEvent: lenientText(),
      projects: lenientList(z.object({ slug: z.string(), platform: lenientText() })),
      lastCommit: z.object({ id: z.string() }).nullish().catch(null),
      lastDeploy: z.object({ environment: z.string(), dateFinished: lenientText() }).nullish().catch(null),
    })
    .transform(
      ({ lastCommit, projects, ...release }): SentryRelease => ({
        ...release,
        projects: projects.map(({ slug }) => slug),
        platforms: projects.flatMap(({ platform }) => platform ?? []),
        commit: lastCommit?.id ?? shaIn(release.version),
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

/** The newest release that was created before another one: the last good one, where that one brought the fault. */
export function releaseBefore(
  releases: readonly SentryRelease[],
  version: string,
): SentryRelease | undefined {
  const created = readInstant(releases.find((release) => release.version === version)?.dateCreated);
  if (created === undefined) return undefined;
  return releases
    .map((release) => ({ release, at: readInstant(release.dateCreated) ?? Number.POSITIVE_INFINITY }))
    .filter(({ release, at }) => release.version !== version && at < created)
    .toSorted((one, other) => other.at - one.at)[0]?.release;
}
