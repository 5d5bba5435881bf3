import { Hono } from "hono";
import { type Admit, SCOPES } from "./access.ts";
import { answerPage, readNarrowing, refuseUnknown } from "./asked.ts";
import { listSightings } from "./environments.ts";
import { SentryRefusal } from "./refusal.ts";
import { releaseReply } from "./release-replies.ts";
import type { SentryWorld, StoredRelease } from "./world.ts";

/** Releases; below `/api/0/organizations/:org`. */
export function releaseRoutes(world: SentryWorld, admit: Admit): Hono {
  const app = new Hono();
  app.get("/releases/", (context) => {
    admit(context, SCOPES.readReleases);
    const found = releasesWithin(world, new URL(context.req.url).searchParams);
    return answerPage(context, found, "per_page", (release) => releaseReply(world, release));
  });
  app.get("/releases/:version/", (context) => {
    admit(context, SCOPES.readReleases);
    refuseUnknown(new URL(context.req.url).searchParams, [], "/releases/{version}/");
    return context.json(releaseReply(world, requireRelease(world, context.req.param("version"))));
  });
  return app;
}

/** Newest first. `environment` keeps releases that were seen or deployed there. */
function releasesWithin(world: SentryWorld, query: URLSearchParams): readonly StoredRelease[] {
  refuseUnknown(query, ["project", "environment", "query", "per_page", "cursor"], "/releases/");
  const { projectIds, environments } = readNarrowing(world, query);
  const prefix = query.get("query") ?? "";
  const present = new Set(
    listSightings(world)
      .filter(({ environment }) => environments.has(environment))
      .map(({ release }) => release),
  );
  return [...world.releases.values()]
    .filter(
      (release) =>
        [...release.projectIds].some((id) => projectIds.has(id)) &&
        release.version.startsWith(prefix) &&
        (environments.size === 0 || present.has(release.version)),
    )
    .toSorted((one, other) => other.createdAt - one.createdAt);
}

function requireRelease(world: SentryWorld, version: string): StoredRelease {
  const release = world.releases.get(version);
  if (release === undefined) throw new SentryRefusal(404, "The requested resource does not exist");
  return release;
}
