import { describe, expect, it } from "vitest";
import { listSettingNames, type SettingKind } from "./setting-names.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };

/** A GitHub with numbered names, which gives at most so many a page. */
function githubWith(count: number, most: number) {
  let given = 0;
  return githubThat(({ path }) => {
    const kind = path.endsWith("secrets") ? "secrets" : "variables";
    const names = Array.from({ length: Math.min(most, count - given) }, (_, index) => ({
      name: `Name_${given + index}`,
      value: "hunter2",
    }));
    given += names.length;
    return reply({ total_count: count, [kind]: names });
  });
}

describe("names of secrets and variables", () => {
  it.each<[SettingKind, number, number, number]>([
    ["secrets", 130, 100, 2],
    ["variables", 70, 30, 3],
    ["secrets", 100, 100, 1],
    ["variables", 0, 30, 1],
  ])("of all pages come together: %s, %i at %i a page", async (kind, count, most, pages) => {
    const { github, asked } = githubWith(count, most);
    const names = await listSettingNames(github, SHOP, { kind, place: "repository" });
    expect([new Set(names).size, asked.length]).toEqual([count, pages]);
  });

  it("come in upper case and without values", async () => {
    const { github } = githubWith(1, 30);
    expect(await listSettingNames(github, SHOP, { kind: "variables", place: "repository" })).toEqual([
      "NAME_0",
    ]);
  });

  it("end where GitHub counts more than it lists", async () => {
    const { github, asked } = githubThat(() => reply({ total_count: 9, secrets: [] }));
    expect(await listSettingNames(github, SHOP, { kind: "secrets", place: "repository" })).toEqual([]);
    expect(asked.length).toBe(1);
  });

  it.each([
    ["repository", "/repos/acme/shop/actions/secrets"],
    ["organization", "/repos/acme/shop/actions/organization-secrets"],
    [{ environment: "live/eu" }, "/repos/acme/shop/environments/live%2Feu/secrets"],
  ] as const)("of %j are asked for at %s", async (place, path) => {
    const { github, asked } = githubThat(() => reply({ total_count: 0, secrets: [] }));
    await listSettingNames(github, SHOP, { kind: "secrets", place });
    expect(asked.map((one) => one.path)).toEqual([path]);
  });

  it("that may not be seen are no empty list", async () => {
    const { github } = githubThat(() => reply({ message: "Must have admin rights to Repository." }, 403));
    expect(
      await failureOf(listSettingNames(github, SHOP, { kind: "secrets", place: "repository" })),
    ).toMatchObject({
      kind: "forbidden",
    });
  });
});
