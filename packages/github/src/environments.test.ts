import { expect, test } from "vitest";
import { listJobEnvironments } from "./environments.ts";
import { githubThat, reply } from "./testing/in-process.ts";

test("an environment comes with the kinds of its rules", async () => {
  const environments = [{ name: "live", protection_rules: [{ type: "wait_timer" }] }, { name: "preview" }];
  const { github } = githubThat(() => reply({ environments }));
  expect(await listJobEnvironments(github, { owner: "acme", repo: "shop" })).toEqual([
    { name: "live", rules: ["wait_timer"] },
    { name: "preview", rules: [] },
  ]);
});
