import { type Context, Hono } from "hono";
import { listedReply, vercelDeploymentReply, vercelProjectReply } from "./replies.ts";
import {
  findVercelProject,
  listProjectDeployments,
  type VercelDeployment,
  type VercelWorld,
} from "./world.ts";

/** List endpoints that the simulated Vercel has taken away; they answer 410. */
export type RetiredVersion = "v6" | "v7";

const SCOPE = ["teamId", "slug"];
const LIST = [
  ...["app", "branch", "from", "limit", "projectId", "projectIds", "rollbackCandidate", "sha"],
  ...["since", "state", "target", "to", "until", "users"],
];

type Refusal = { readonly status: 400 | 403 | 404 | 410; readonly code: string; readonly message: string };

/** Thrown by a handler; the app turns it into Vercel's error body. */
class VercelRefusal extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Vercel's routes as far as PatchPilot asks them. Anything else, also an unknown query parameter, is refused and
 * told to `violation`: promoting and rolling back have no route here, because PatchPilot must never call them.
 */
export function createVercelRoutes(
  world: VercelWorld,
  retired: ReadonlySet<RetiredVersion>,
  violation: (what: string) => void,
): Hono {
  const app = new Hono();
  const admit = (context: Context, known: readonly string[]): void => {
    requireToken(world, context);
    refuseUnknownParameters(context, [...SCOPE, ...known], violation);
    requireScope(world, context);
  };
  app.get("/v9/projects/:idOrName", (context) => {
    admit(context, []);
    const project = findVercelProject(world, context.req.param("idOrName"));
    if (project === undefined) throw notFound("Project not found.");
    return context.json(vercelProjectReply(world, project));
  });
  for (const version of ["v6", "v7"] as const) {
    app.get(`/${version}/deployments`, (context) => {
      if (retired.has(version)) throw refuse(410, "gone", "This version of the endpoint is gone.");
      admit(context, LIST);
      return context.json(listDeployments(world, new URL(context.req.url).searchParams, violation));
    });
  }
  app.get("/v13/deployments/:idOrUrl", (context) => {
    admit(context, ["withGitRepoInfo"]);
    const deployment = findDeployment(world, context.req.param("idOrUrl"));
    const project = deployment && world.projects.get(deployment.projectId);
    if (!deployment || !project) throw notFound("The deployment could not be found.");
    return context.json(vercelDeploymentReply(world, project, deployment));
  });
  app.notFound((context) => {
    const { pathname } = new URL(context.req.url);
    violation(`Vercel has no simulated route ${context.req.method} ${pathname}.`);
    return context.json({ error: { code: "not_found", message: "Unknown route." } }, 404);
  });
  app.onError((error, context) => {
    if (!(error instanceof VercelRefusal)) throw error;
    const { status, code, message } = error.refusal;
    return context.json({ error: { code, message } }, status);
  });
  return app;
}

function listDeployments(world: VercelWorld, query: URLSearchParams, violation: (what: string) => void) {
  const project = findVercelProject(world, query.get("projectId") ?? "");
  if (project === undefined) {
    if (!query.has("projectId"))
      violation("A list of Vercel deployments without projectId is not simulated.");
    throw notFound("Project not found.");
  }
  const limit = Number(query.get("limit") ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    violation(`limit=${limit} is not a page size of Vercel's (1 to 100).`);
    throw refuse(400, "bad_request", "Invalid request: `limit` should be <= 100.");
  }
  const found = listProjectDeployments(world, project.id).filter((deployment) => passes(deployment, query));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    deployments: page.map((deployment) => listedReply(project, deployment)),
    pagination: {
      count: page.length,
      next: found.length > limit && last ? last.createdAt : null,
      prev: page[0]?.createdAt ?? null,
    },
  };
}

function passes(deployment: VercelDeployment, query: URLSearchParams): boolean {
  const { createdAt, state, target, git } = deployment;
  const says = (name: string, value: string | undefined): boolean =>
    !query.has(name) || query.get(name) === value;
  const states = query.get("state")?.split(",");
  return (
    (states?.includes(state) ?? true) &&
    says("target", target ?? "preview") &&
    says("sha", git?.sha) &&
    says("branch", git?.ref) &&
    createdAt < Number(query.get("until") ?? query.get("to") ?? Number.POSITIVE_INFINITY) &&
    createdAt > Number(query.get("since") ?? query.get("from") ?? Number.NEGATIVE_INFINITY)
  );
}

function findDeployment(world: VercelWorld, idOrUrl: string): VercelDeployment | undefined {
  const byId = world.deployments.get(idOrUrl);
  return byId ?? [...world.deployments.values()].find(({ url }) => url === idOrUrl);
}

function requireToken(world: VercelWorld, context: Context): void {
  const given = context.req.header("authorization");
  if (given === `Bearer ${world.token}`) return;
  throw refuse(403, "forbidden", given ? "Not authorized" : "The request is missing an authentication token");
}

function requireScope(world: VercelWorld, context: Context): void {
  const asked = context.req.query("teamId") ?? context.req.query("slug");
  const { team } = world;
  if (asked === undefined && team) throw notFound("Project not found.");
  if (asked !== undefined && asked !== team?.id && asked !== team?.slug)
    throw refuse(403, "forbidden", "Not authorized");
  if (context.req.query("teamId") !== undefined && context.req.query("teamId") !== team?.id)
    throw refuse(403, "forbidden", "Not authorized");
}

function refuseUnknownParameters(
  context: Context,
  known: readonly string[],
  violation: (what: string) => void,
): void {
  const unknown = Object.keys(context.req.query()).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  violation(`${context.req.path} knows no query parameter "${unknown}".`);
  throw refuse(400, "bad_request", `Invalid request: should NOT have additional property \`${unknown}\`.`);
}

const refuse = (status: Refusal["status"], code: string, message: string): VercelRefusal =>
  new VercelRefusal({ status, code, message });
const notFound = (message: string): VercelRefusal => refuse(404, "not_found", message);
