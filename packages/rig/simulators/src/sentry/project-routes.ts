import { Hono } from "hono";
import { type Admit, SCOPES } from "./access.ts";
import { answerPage, readProjects, refuseUnknown } from "./asked.ts";
import { environmentReplies } from "./environments.ts";
import { sentryProjectReply } from "./project-replies.ts";
import type { SentryWorld } from "./world.ts";

/** Projects and their environments; below `/api/0/organizations/:org`. */
export function projectRoutes(world: SentryWorld, admit: Admit): Hono {
  const app = new Hono();
  app.get("/projects/", (context) => {
    admit(context, SCOPES.readOrganization);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["per_page", "cursor"], "/projects/");
    const found = [...world.projects.values()].toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
    return answerPage(context, found, "per_page", (project) => sentryProjectReply(world, project));
  });
  app.get("/environments/", (context) => {
    admit(context, SCOPES.readOrganization);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["project"], "/environments/");
    return context.json(environmentReplies(world, readProjects(world, searchParams)));
  });
  return app;
}
