import { gunzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import { type Admit, admission, SCOPES } from "./access.ts";
import { paginate, refuseUnknown } from "./asked.ts";
import type { ExploreGap } from "./explore-data.ts";
import { exploreSeriesReply } from "./explore-series.ts";
import { exploreTableReply } from "./explore-table.ts";
import { ingestEnvelope } from "./ingest.ts";
import { issueRoutes } from "./issue-routes.ts";
import { projectRoutes } from "./project-routes.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import { releaseRoutes } from "./release-routes.ts";
import { organizationReply } from "./replies.ts";
import { sessionsReply } from "./sessions.ts";
import { statsReply } from "./stats.ts";
import type { NewIssue } from "./store-event.ts";
import type { SentryWorld } from "./world.ts";

/** What the routes need beside the world. */
export type RouteOptions = {
  /** What `links.regionUrl` of the organization says. */
  readonly regionUrl: string;
  readonly gaps: ReadonlySet<ExploreGap>;
  readonly onNewIssue: (opened: NewIssue) => void;
  readonly violation: (what: string) => void;
};

/**
 * Sentry's routes as far as PatchPilot asks them, and the one that SDKs post to. Anything else, also an unknown query
 * parameter, is refused and told to `violation`.
 */
export function createSentryRoutes(world: SentryWorld, options: RouteOptions): Hono {
  const app = new Hono();
  const admit = admission(world);
  const base = "/api/0/organizations/:org";
  app.post("/api/:project/envelope/", async (context) => takeEnvelope(world, context, options));
  app.get(`${base}/`, (context) => {
    admit(context, SCOPES.readOrganization);
    return context.json(organizationReply(world, options.regionUrl));
  });
  app.get(`${base}/events/`, (context) => {
    admit(context, SCOPES.readOrganization);
    const { searchParams } = new URL(context.req.url);
    const { rows, meta } = exploreTableReply(world, searchParams, options.gaps);
    const page = paginate(rows, context, "per_page");
    const confidence = page.rows.map((row) => row.confidence);
    const facts = meta.dataset === "spans" ? { confidence } : {};
    const data = page.rows.map(({ values }) => values);
    return context.json({ data, meta: { ...meta, accuracy: facts }, ...facts }, 200, { link: page.link });
  });
  app.get(`${base}/events-timeseries/`, (context) => {
    admit(context, SCOPES.readOrganization);
    return context.json(exploreSeriesReply(world, new URL(context.req.url).searchParams, options.gaps));
  });
  app.route(base, countRoutes(world, admit, options.gaps));
  app.route(base, issueRoutes(world, admit));
  app.route(base, projectRoutes(world, admit));
  app.route(base, releaseRoutes(world, admit));
  app.notFound((context) => {
    const { pathname } = new URL(context.req.url);
    options.violation(`Sentry has no simulated route ${context.req.method} ${pathname}.`);
    return context.json({ detail: "The requested resource does not exist" }, 404);
  });
  app.onError((error, context) => {
    if (!(error instanceof SentryRefusal)) throw error;
    if (error instanceof SentryViolation) options.violation(error.message);
    return context.json({ detail: error.message }, error.status);
  });
  return app;
}

/** What Sentry counts by itself: sessions, and what became of events. */
function countRoutes(world: SentryWorld, admit: Admit, gaps: RouteOptions["gaps"]): Hono {
  const app = new Hono();
  app.get("/sessions/", (context) => {
    admit(context, SCOPES.readOrganization);
    return context.json(sessionsReply(world, new URL(context.req.url).searchParams));
  });
  app.get("/stats_v2/", (context) => {
    admit(context, SCOPES.readOrganization);
    if (gaps.has("stats")) throw new SentryRefusal(404, "The requested resource does not exist");
    return context.json(statsReply(world, new URL(context.req.url).searchParams));
  });
  return app;
}

const ENVELOPE_PARAMETERS = ["sentry_version", "sentry_key", "sentry_client"];

async function takeEnvelope(world: SentryWorld, context: Context, options: RouteOptions): Promise<Response> {
  const project = world.projects.get(context.req.param("project") ?? "");
  const { searchParams } = new URL(context.req.url);
  refuseUnknown(searchParams, ENVELOPE_PARAMETERS, "/envelope/");
  const [, headerKey] = /sentry_key=([^,\s]+)/.exec(context.req.header("x-sentry-auth") ?? "") ?? [];
  const key = searchParams.get("sentry_key") ?? headerKey;
  if (project === undefined || key !== project.publicKey) {
    throw new SentryRefusal(403, "bad sentry DSN public key");
  }
  const body = Buffer.from(await context.req.arrayBuffer());
  const bytes = context.req.header("content-encoding") === "gzip" ? gunzipSync(body) : body;
  try {
    for (const opened of ingestEnvelope(world, project, bytes)) options.onNewIssue(opened);
  } catch (error) {
    throw new SentryViolation(
      400,
      `An envelope could not be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  return context.json({});
}
