import type { Sentry } from "@patchpilot/sentry";
import { expect, test } from "vitest";
import { NOW } from "../testing/world.ts";
import { readErrorIdentities } from "./sentry-identities.ts";

const error = (projectId: string | null) => ({
  organization: "acme",
  id: "1",
  shortId: "SHOP-1",
  projectId,
});

async function projectsAsked(projectIds: readonly (string | null)[]): Promise<unknown> {
  const searches: { projects?: readonly string[] }[] = [];
  const sentry = {
    getIssues: async () => [],
    listIssues: async (search: { projects?: readonly string[] }) => {
      searches.push(search);
      return { rows: [], truncated: false };
    },
  } as unknown as Sentry;
  const access = { ask: () => sentry, environment: "production", projects: () => [] };
  await readErrorIdentities(access, projectIds.map(error), NOW);
  return searches[0]?.projects;
}

test("new errors are sought in the projects of the old ones, so that others do not crowd them out", async () => {
  expect(await projectsAsked(["42", "42", "43"])).toEqual(["42", "43"]);
  expect(await projectsAsked(["42", null])).toBeUndefined();
});
