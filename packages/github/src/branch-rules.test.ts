import { expect, test } from "vitest";
import { readBranchRules } from "./branch-rules.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };

test("the rules of a branch are those that GitHub lists", async () => {
  const { github } = githubThat(() => reply([{ type: "required_signatures" }]));
  expect(await readBranchRules(github, SHOP, "main")).toEqual([{ type: "required_signatures" }]);
});

test.each([404, 403])("a token that may not read them sees none: %i", async (status) => {
  const { github } = githubThat(() => reply({ message: "No" }, status));
  expect(await readBranchRules(github, SHOP, "main")).toEqual([]);
});

test.each([
  ["without a body", () => new Response(null, { status: 200 })],
  ["of another shape", () => reply({ rules: [] })],
])("an answer %s is unreadable, and names GitHub", async (_, answer) => {
  const { github } = githubThat(answer);
  const failure = await failureOf(readBranchRules(github, SHOP, "main"));
  expect(failure).toMatchObject({ kind: "unreadable", message: expect.stringMatching(/^GitHub .*`answer`/) });
});
