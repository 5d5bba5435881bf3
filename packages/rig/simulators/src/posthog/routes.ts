import { type Context, Hono } from "hono";
import { HogqlRefusal } from "./hogql/ast.ts";
import { readSelect } from "./hogql/read-select.ts";
import { runSelect } from "./hogql/run-select.ts";
import { CaptureRefusal, readBatch } from "./ingest.ts";
import type { PostHogProject, PostHogWorld } from "./world.ts";

type Status = 400 | 401 | 403 | 404;

/** Thrown by a handler; the app turns it into PostHog's error body. */
class PostHogRefusal extends Error {
  readonly status: Status;
  readonly type: string;
  readonly code: string;

  constructor(status: Status, type: string, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.type = type;
    this.code = code;
  }
}

/** PostHog's routes as far as its SDK and PatchPilot ask them; anything else is refused and told to `violation`. */
export function createPostHogRoutes(world: PostHogWorld, violation: (what: string) => void): Hono {
  const app = new Hono();
  app.post("/batch/", async (context) => {
    const body = new Uint8Array(await context.req.arrayBuffer());
    const encoding = context.req.header("content-encoding");
    const { apiKey, events } = readBatch(body, encoding, world.clock.now());
    const project = [...world.projects.values()].find(({ token }) => token === apiKey);
    if (!project)
      throw new PostHogRefusal(401, "authentication_error", "invalid_api_key", "Unknown api_key.");
    project.events.push(...events);
    return context.json({ status: "Ok" });
  });
  app.post("/api/projects/:id/query/", async (context) => {
    const project = admit(world, context);
    const query = readQuery(await context.req.json(), violation);
    const answer = await answerQuery(query, project);
    if (world.pollsBeforeAnswer === 0) return context.json(answer);
    const id = `query-${project.pending.size + 1}`;
    project.pending.set(id, { answer, polls: world.pollsBeforeAnswer });
    return context.json({ query_status: { id, team_id: project.number, complete: false } }, 202);
  });
  app.get("/api/projects/:id/query/:queryId/", (context) => {
    const project = admit(world, context);
    const id = context.req.param("queryId");
    const pending = project.pending.get(id);
    if (!pending) throw notFound();
    pending.polls -= 1;
    const complete = pending.polls <= 0;
    const results = complete ? { results: pending.answer } : {};
    const status = { id, team_id: project.number, complete, error: false, ...results };
    return context.json({ query_status: status }, complete ? 200 : 202);
  });
  app.notFound((context) => {
    violation(`PostHog has no simulated route ${context.req.method} ${context.req.path}.`);
    return context.json(errorBody(notFound()), 404);
  });
  app.onError((error, context) => {
    const refusal = toRefusal(error, violation);
    return context.json(errorBody(refusal), refusal.status);
  });
  return app;
}

function toRefusal(error: Error, violation: (what: string) => void): PostHogRefusal {
  if (error instanceof PostHogRefusal) return error;
  if (!(error instanceof HogqlRefusal || error instanceof CaptureRefusal)) throw error;
  violation(error.message);
  return invalid(error.message);
}

/** The bearer must be a personal key with `query:read` that reaches the project. */
function admit(world: PostHogWorld, context: Context): PostHogProject {
  const bearer = context.req.header("authorization")?.replace(/^Bearer /, "");
  const scopes = bearer === undefined ? undefined : world.keys.get(bearer);
  if (scopes === undefined)
    throw new PostHogRefusal(
      401,
      "authentication_error",
      "authentication_failed",
      "Invalid personal API key.",
    );
  if (!scopes.includes("query:read"))
    throw new PostHogRefusal(
      403,
      "authentication_error",
      "permission_denied",
      "API key missing required scope 'query:read'",
    );
  const project = world.projects.get(context.req.param("id") ?? "");
  if (project === undefined) throw notFound();
  return project;
}

type HogqlQuery = { readonly query: string; readonly values: Readonly<Record<string, unknown>> };

const BODY_FIELDS = ["query", "name", "refresh", "client_query_id"];
const QUERY_FIELDS = ["kind", "query", "values", "name"];
const REFRESH = ["blocking", "force_blocking"];

function readQuery(body: unknown, violation: (what: string) => void): HogqlQuery {
  const { query, refresh = "blocking" } = body as { query?: Record<string, unknown>; refresh?: string };
  const unknown =
    Object.keys(body as object).find((key) => !BODY_FIELDS.includes(key)) ??
    Object.keys(query ?? {}).find((key) => !QUERY_FIELDS.includes(key));
  if (unknown !== undefined || !REFRESH.includes(refresh) || query?.["kind"] !== "HogQLQuery") {
    const what = unknown ?? (REFRESH.includes(refresh) ? "query.kind" : `refresh ${refresh}`);
    violation(`A query's ${what} is not simulated.`);
    throw invalid(`${what}: not simulated.`);
  }
  return { query: String(query["query"]), values: (query["values"] ?? {}) as Record<string, unknown> };
}

async function answerQuery({ query, values }: HogqlQuery, project: PostHogProject): Promise<object> {
  const select = await readSelect(query, values);
  const { columns, rows, hasMore } = runSelect(select, project.events);
  return {
    results: rows,
    columns,
    hasMore,
    limit: select.limit,
    offset: 0,
    is_cached: false,
    query,
    error: null,
  };
}

const invalid = (detail: string): PostHogRefusal =>
  new PostHogRefusal(400, "validation_error", "invalid_input", detail);
const notFound = (): PostHogRefusal => new PostHogRefusal(404, "invalid_request", "not_found", "Not found.");
const errorBody = ({ type, code, message }: PostHogRefusal): object => ({
  type,
  code,
  detail: message,
  attr: null,
});
