import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { askTable } from "./explore.ts";
import { toSentryTime } from "./instants.ts";
import { type Pages, readPages } from "./paging.ts";

/** A project by its two names. */
export type ProjectNames = { readonly id: string; readonly slug: string };

/** Errors of one project. */
export type ProjectErrors = { readonly project: string; readonly count: number };

const organizationSchema = () => z.object({ slug: z.string(), name: z.string() });
const projectSchema = () => z.object({ id: z.coerce.string(), slug: z.string() });
const environmentSchema = () => z.object({ name: z.string() });

/** The organization's own record: the least that a token must be able to read. */
export async function readOrganization(
  connection: SentryConnection,
): Promise<{ readonly slug: string; readonly name: string }> {
  const { value } = await connection.ask({ path: [], schema: organizationSchema(), scope: "org:read" });
  return value;
}

/** Every project of the organization that the token can see, at most 1,000. */
export async function listProjects(connection: SentryConnection): Promise<Pages<ProjectNames>> {
  return readPages(
    (cursor) =>
      connection.ask({
        path: ["projects"],
        query: { per_page: 100, cursor },
        schema: z.array(projectSchema()),
        scope: "org:read",
      }),
    10,
  );
}

/** Names of the environments that the connection's projects have reported. */
export async function listEnvironments(
  connection: SentryConnection,
  projects: readonly ProjectNames[],
): Promise<readonly string[]> {
  const { value } = await connection.ask({
    path: ["environments"],
    // By id: this list takes no slugs on older servers.
    query: { project: projects.map(({ id }) => id) },
    schema: z.array(environmentSchema()),
    scope: "org:read",
  });
  return value.map(({ name }) => name).filter((name) => name !== "");
}

/** Error events of each of the connection's projects in a window, loudest first. */
export async function countProjectErrors(
  connection: SentryConnection,
  window: { readonly start: Date; readonly end: Date; readonly environment: string },
): Promise<readonly ProjectErrors[]> {
  const query = {
    dataset: "errors",
    field: ["project.name", "count()"],
    sort: "-count()",
    start: toSentryTime(window.start),
    end: toSentryTime(window.end),
    environment: window.environment,
    project: connection.projects,
  };
  const { rows } = await askTable(connection, query, 1);
  return rows.map((row) => ({
    project: String(row["project.name"] ?? row["project"] ?? ""),
    count: Number(row["count()"] ?? 0),
  }));
}
