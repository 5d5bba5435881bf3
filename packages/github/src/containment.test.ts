import { describe, expect, it } from "vitest";
import { readContainments } from "./containment.ts";
import { type Asked, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const SINCE = new Date("2026-11-20T00:00:00Z");
const oid = (letter: string): string => letter.repeat(40);
const history = (commits: readonly string[], hasNextPage = false) => ({
  history: { pageInfo: { hasNextPage }, nodes: commits.map((each) => commit(each)) },
});
const commit = (each: string, committedDate = "2026-11-20T06:00:00Z") => ({
  oid: each,
  message: "Change it",
  committedDate,
  parents: { nodes: [] },
});

/** A GitHub in which heads have these histories, in the order in which they are asked for, and fixes this date. */
const githubWith = (
  histories: readonly unknown[],
  compare: (asked: Asked) => Response = () => reply({}),
  committedDate = "2026-11-20T06:00:00Z",
) =>
  githubThat((asked) => {
    if (asked.method === "GET") return compare(asked);
    const heads = histories.map((each, index) => [`h${index}`, each]);
    const fixes = histories.map((_, index) => [`f${index}`, commit(oid("f"), committedDate)]);
    return reply({ data: { repository: Object.fromEntries([...heads, ...fixes]) } });
  });

const pair = (fix: string, head: string) => ({ fix: oid(fix), head: oid(head) });

describe("which heads contain which fixes", () => {
  it("is one question for all of them", async () => {
    const { github, asked } = githubWith([history([oid("a"), oid("b")]), history([oid("c")])]);
    const pairs = [pair("b", "a"), pair("c", "a"), pair("c", "d")];
    const { answers } = await readContainments(github, SHOP, pairs, SINCE);
    expect(pairs.map((each) => answers.get(each))).toEqual([true, false, true]);
    expect(asked).toHaveLength(1);
  });

  it("needs no question where the fix is the head", async () => {
    const { github, asked } = githubWith([]);
    const same = pair("a", "a");
    expect((await readContainments(github, SHOP, [same])).answers.get(same)).toBe(true);
    expect(asked).toEqual([]);
  });

  it.each([
    ["ahead", true],
    ["identical", true],
    ["behind", false],
    ["diverged", false],
  ])("is compared where the walk ends too early: %s", async (status, contained) => {
    const { github, asked } = githubWith([history([oid("a")], true)], () => reply({ status }));
    const open = pair("f", "a");
    expect((await readContainments(github, SHOP, [open], SINCE)).answers.get(open)).toBe(contained);
    expect(asked[1]?.path).toBe(`/repos/acme/shop/compare/${oid("f")}...${oid("a")}`);
  });

  it("is compared where nobody knows how far the walk has to go", async () => {
    const { github, asked } = githubWith([history([oid("a")])], () => reply({ status: "ahead" }));
    await readContainments(github, SHOP, [pair("f", "a")]);
    expect(asked).toHaveLength(2);
  });

  it("is compared where the fix was committed before the walk begins, as after a fast-forward", async () => {
    const ahead = () => reply({ status: "ahead" });
    const { github } = githubWith([history([oid("a")])], ahead, "2026-11-13T06:00:00Z");
    const old = pair("f", "a");
    expect((await readContainments(github, SHOP, [old], SINCE)).answers.get(old)).toBe(true);
  });

  it("is not asked of what is no full SHA: GitHub would refuse the whole question", async () => {
    const { github, asked } = githubWith([]);
    const short = { fix: oid("f"), head: "main" };
    expect((await readContainments(github, SHOP, [short], SINCE)).answers.size).toBe(0);
    expect(asked).toEqual([]);
  });

  it("is not known of a commit of another repository", async () => {
    const { github } = githubWith([null]);
    expect((await readContainments(github, SHOP, [pair("f", "a")], SINCE)).answers.size).toBe(0);
    const missing = githubWith([history([], true)], () => reply({ message: "Not Found" }, 404));
    expect((await readContainments(missing.github, SHOP, [pair("f", "a")], SINCE)).answers.size).toBe(0);
  });
});
