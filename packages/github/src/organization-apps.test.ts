import { expect, test } from "vitest";
import { listOrganizationApps } from "./organization-apps.ts";
import { githubThat, reply } from "./testing/in-process.ts";

test("an App of an organization reaches all repositories or some, and may be suspended", async () => {
  const installations = [
    { app_slug: "sentry", repository_selection: "all", suspended_at: null },
    { app_slug: "other", repository_selection: "selected", suspended_at: "2026-11-01T00:00:00Z" },
  ];
  const { github } = githubThat(() => reply({ installations }));
  expect(await listOrganizationApps(github, "acme")).toEqual([
    { slug: "sentry", reach: "all" },
    { slug: "other", reach: "suspended" },
  ]);
});
