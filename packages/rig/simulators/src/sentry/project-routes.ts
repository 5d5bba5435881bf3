import { Hono } from "hono";
import { type Admit, SCOPES } from "./access.ts";
import { answerPage, readProjects, refuseUnknown } from "./asked.ts";
import { environmentReplies } from "./environments.ts";
import { sentryProjectReply } from "./project-replies.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import type { SentryWorld, StoredProject } from "./world.ts";

/** Projects and their environments; below `/api/0/organizations/:org`. */
export function projectRoutes(world: SentryWorld, admit: Admit): Hono {
  const app = new Hono();
  app.get("/projects/", (context) => {
    admit(context, SCOPES.readOrganization);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["query", "per_page", "cursor"], "/projects/");
    const found = findProjects(world, searchParams.get("query") ?? "");
    return answerPage(context, found, "per_page", (project) => sentryProjectReply(world, project));
  });
  app.get("/environments/", (context) => {
    admit(context, SCOPES.readOrganization);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["visibility", "project"], "/environments/");
    const found = environmentReplies(world, readProjects(world, searchParams));
    return context.json(readVisibility(searchParams) === "hidden" ? [] : found);
  });
  return app;
}

/** By slug. A search is a part of a name or a slug, or `id:` or `slug:` with the whole of it. */
function findProjects({ projects }: SentryWorld, query: string): readonly StoredProject[] {
  const terms = query.split(/\s+/).filter((term) => term !== "");
  const text = terms.filter((term) => !term.includes(":")).join(" ");
  const wanted = Map.groupBy(
    terms.filter((term) => term.includes(":")).map((term) => term.split(":", 2)),
    ([key]) => key,
  );
  for (const key of wanted.keys()) {
    if (key !== "id" && key !== "slug")
      throw new SentryViolation(400, `The search key "${key}" of /projects/ is not simulated.`);
  }
  const isWanted = (key: "id" | "slug", project: StoredProject) =>
    wanted.get(key)?.some(([, value]) => value === project[key]) ?? true;
  const contains = (whole: string) => whole.toLowerCase().includes(text.toLowerCase());
  return [...projects.values()]
    .filter((project) => isWanted("id", project) && isWanted("slug", project))
    .filter(({ name, slug }) => contains(name) || contains(slug))
    .toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
}

/** Nobody hides an environment in a simulated Sentry. */
function readVisibility(query: URLSearchParams): string {
  const visibility = query.get("visibility") ?? "visible";
  if (["all", "hidden", "visible"].includes(visibility)) return visibility;
  throw new SentryRefusal(
    400,
    "Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']",
  );
}
