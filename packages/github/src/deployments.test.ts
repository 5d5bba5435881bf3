import { describe, expect, it } from "vitest";
import type { GitHub } from "./client.ts";
import { listDeployedEnvironments, listDeployments } from "./deployments.ts";
import { githubThat, reply } from "./testing/in-process.ts";

const status = (state: string, minute: string) => ({ state, createdAt: `2026-11-21T09:${minute}:00Z` });
const SHOP = { owner: "acme", repo: "shop" };

describe("deployments to an environment", () => {
  it("are read with their statuses, newest first, in whatever order GitHub gives them", async () => {
    const latestStatus = status("INACTIVE", "30");
    const statuses = { nodes: [status("IN_PROGRESS", "01"), status("SUCCESS", "05"), latestStatus] };
    const nodes = [{ commitOid: "a1", createdAt: "2026-11-21T09:00:00Z", latestStatus, statuses }];
    const { github } = githubThat(() => reply({ data: { repository: { deployments: { nodes } } } }));
    const [deployment] = await listDeployments(github, SHOP, "production");
    expect(deployment?.statuses.map(({ state }) => state)).toEqual(["inactive", "success", "in_progress"]);
  });

  it("are asked for in the spellings that tools use", async () => {
    const { github, asked } = githubThat(() =>
      reply({ data: { repository: { deployments: { nodes: [] } } } }),
    );
    await listDeployments(github, SHOP, "production");
    expect(asked[0]?.body).toMatchObject({ variables: { environments: ["production", "Production"] } });
  });

  it.each([
    ["deployments", (github: GitHub) => listDeployments(github, SHOP, "production")],
    ["environments", (github: GitHub) => listDeployedEnvironments(github, SHOP)],
  ])("are not none where the token does not see the repository: %s", async (_, list) => {
    const errors = [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" }];
    const { github } = githubThat(() => reply({ data: { repository: null }, errors }));
    await expect(list(github)).rejects.toThrow(/shows no such repository.*acme\/shop/s);
  });
});
