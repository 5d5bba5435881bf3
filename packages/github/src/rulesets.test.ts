import { describe, expect, it } from "vitest";
import { listRulesets } from "./rulesets.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const FOUND = {
  name: "fixes",
  source: "acme",
  target: "branch",
  enforcement: "active",
  conditions: { ref_name: { include: ["~ALL"], exclude: ["refs/heads/main"] } },
  rules: [{ type: "creation" }],
};

const rulesetsOf = (found: object) =>
  listRulesets(
    githubThat(({ path }) => reply(path.endsWith("/rulesets") ? [{ id: 7 }] : found)).github,
    SHOP,
  );

describe("rulesets", () => {
  it("come with their patterns and rules", async () => {
    expect(await rulesetsOf({ ...FOUND, bypass_actors: [{ actor_type: "Integration" }] })).toEqual([
      {
        ...{ name: "fixes", source: "acme", target: "branch", enforcement: "active" },
        ...{ include: ["~ALL"], exclude: ["refs/heads/main"], rules: [{ type: "creation" }] },
        bypass: ["Integration"],
      },
    ]);
  });

  it("do not say that nobody may bypass them if GitHub hides who may", async () => {
    expect((await rulesetsOf(FOUND))?.[0]?.bypass).toBeUndefined();
  });

  it("for pushes have no patterns", async () => {
    expect(await rulesetsOf({ ...FOUND, target: "push", conditions: null })).toMatchObject([{ include: [] }]);
  });

  it("are none in a plan without them", async () => {
    const message = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    const { github } = githubThat(() => reply({ message }, 403));
    expect(await listRulesets(github, SHOP)).toBeUndefined();
  });

  it.each([
    [403, "forbidden"],
    [404, "not-found"],
  ])("that GitHub refuses with %i are not none", async (status, kind) => {
    const { github } = githubThat(() => reply({ message: "No" }, status));
    expect(await failureOf(listRulesets(github, SHOP))).toMatchObject({ kind });
  });
});
