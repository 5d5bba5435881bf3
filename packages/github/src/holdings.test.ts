import { describe, expect, test } from "vitest";
import { type FixPair, readHoldings } from "./holdings.ts";
import { type Asked, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const SINCE = new Date("2026-11-20T00:00:00Z");
const oid = (letter: string): string => letter.repeat(40);
const commit = (letter: string, message: string, parents: readonly string[] = [], hour = 6) => ({
  oid: oid(letter),
  message,
  committedDate: `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z`,
  parents: { nodes: parents.map((parent) => ({ oid: oid(parent) })) },
});
const FIX = commit("f", "Guard the total (#12)");
const PAIR: FixPair = { fix: oid("f"), head: oid("a"), pull: 12 };

type Commit = ReturnType<typeof commit>;
/** Changed lines by commit, as GitHub shows them. */
type Patches = Readonly<Record<string, readonly string[]>>;

/** What is known of the fix in a head with this history, and how often GitHub was asked. */
async function ask(history: readonly Commit[], patches: Patches = {}, fix: Commit = FIX) {
  const { github, asked } = githubThat(({ method, path }: Asked) => {
    if (method !== "GET") {
      const walk = { history: { pageInfo: { hasNextPage: false }, nodes: history } };
      return reply({ data: { repository: { h0: walk, f0: fix } } });
    }
    const lines = patches[path.at(-1) ?? ""];
    return lines === undefined ? reply({ message: "Not Found" }, 404) : reply(toCommit(lines));
  });
  const holding = (await readHoldings(github, SHOP, [PAIR], SINCE)).get(PAIR);
  return { holding, requests: asked.length };
}

const toCommit = (lines: readonly string[]) => ({
  files: [
    { filename: "src/total.ts", status: "modified", changes: 2, patch: `@@ -7 +7 @@\n${lines.join("\n")}` },
  ],
});

describe("a commit has a fix", () => {
  test("that is in its history", async () => {
    expect(await ask([commit("a", "Other"), FIX])).toEqual({ holding: { holds: true }, requests: 1 });
  });

  test("until a revert takes it out", async () => {
    const revert = commit("a", `Revert it\n\nThis reverts commit ${oid("f")}.`);
    expect((await ask([revert, FIX])).holding).toEqual({
      holds: false,
      revert: { oid: oid("a"), at: "2026-11-20T06:00:00Z" },
    });
  });

  test("that was picked to its branch, by the trailer, without a further question", async () => {
    const pick = commit("a", `Guard it\n\n(cherry picked from commit ${oid("f")})`);
    expect(await ask([pick])).toEqual({ holding: { holds: true, pick: oid("a") }, requests: 1 });
  });

  test("that was picked from its branch, where production was repaired first", async () => {
    const fix = commit("f", `Guard the total\n\n(cherry picked from commit ${oid("b")})`);
    const { holding } = await ask([commit("a", "Other"), commit("b", "Hotfix")], {}, fix);
    expect(holding).toEqual({ holds: true, pick: oid("b") });
  });

  test("that was ported back without a trailer, if it changes the same lines", async () => {
    const lines = ["-  return a;", " around", "+  return b;"];
    const moved = ["-  return a;", " elsewhere", "+  return b;"];
    const port = commit("a", "Guard the total (#12) (#15)", [], 7);
    const { holding, requests } = await ask([port], { f: lines, a: moved });
    expect(holding).toEqual({ holds: true, pick: oid("a") });
    expect(requests).toBe(3);
  });

  test("not after the pick was reverted", async () => {
    const pick = commit("b", `Guard it\n\n(cherry picked from commit ${oid("f")})`);
    const revert = commit("a", `Revert it\n\nThis reverts commit ${oid("b")}.`);
    expect((await ask([revert, pick])).holding).toMatchObject({ holds: false, pick: oid("b") });
  });
});

describe("it cannot be told of a commit that looks like the fix", () => {
  const port = commit("a", "Backport #12 to 1.2", [], 7);

  test("and changes something else", async () => {
    const { holding } = await ask([port], { f: ["+b"], a: ["+c"] });
    expect(holding).toEqual({ holds: undefined, suspect: oid("a") });
  });

  test("and that GitHub does not show", async () => {
    expect((await ask([port], { f: ["+b"] })).holding).toMatchObject({ holds: undefined });
  });
});

describe("a commit has no fix", () => {
  test.each([
    ["that only somebody else's commit mentions", commit("a", `See ${oid("f")}`, [], 7)],
    ["of which another pull request has a longer number", commit("a", "Port #123", [], 7)],
    ["that an earlier attempt shares its title with", commit("a", "Guard the total (#9)", [], 5)],
    [
      "that a pick of another commit follows",
      commit("a", `Y\n\n(cherry picked from commit ${oid("e")})`, [], 7),
    ],
  ])("%s", async (_, other) => {
    expect(await ask([other])).toEqual({ holding: { holds: false }, requests: 1 });
  });
});

test("a run asks for a dozen commits at most, whatever looks like the fix", async () => {
  const pairs = Array.from({ length: 9 }, (_, i) => ({
    fix: oid("f"),
    head: String(i).repeat(40),
    pull: 12,
  }));
  const { github, asked } = githubThat(({ method }: Asked) => {
    if (method === "GET") return reply(toCommit(["+x"]));
    const walks = pairs.map((_, head) => {
      const nodes = [0, 1, 2].map((n) => ({
        ...commit("a", "Guard the total", [], 7),
        oid: `${head}${n}`.padEnd(40, "c"),
      }));
      return [`h${head}`, { history: { pageInfo: { hasNextPage: false }, nodes } }];
    });
    return reply({ data: { repository: { ...Object.fromEntries(walks), f0: FIX } } });
  });
  await readHoldings(github, SHOP, pairs, SINCE);
  expect(asked.filter(({ method }) => method === "GET").length).toBeLessThanOrEqual(12);
});
