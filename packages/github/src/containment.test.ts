import { describe, expect, it } from "vitest";
import { readAncestry, readHoldings } from "./containment.ts";
import { githubKnowing, hour, oid, type WrittenCommit } from "./testing/commit-history.ts";
import { githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const GUARD = { "src/cart.ts": "@@ -1,3 +1,3 @@\n a\n-total()\n+total?.()\n b" };
const FIX: WrittenCommit = {
  parents: ["base"],
  at: 10,
  message: "Guard the total (#50)",
  patch: GUARD,
  pull: 50,
};
const BASE = { base: { at: 1 }, fix: FIX };
const known = hour(10);

/** Whether `head` holds the fix, #50, in a history of these commits. */
async function ask(commits: Readonly<Record<string, WrittenCommit>>, head = "head") {
  const { github, asked } = githubKnowing({ ...BASE, ...commits });
  const pair = { fix: oid("fix"), head: oid(head), pull: 50 };
  const holding = (await readHoldings(github, SHOP, [pair], known)).get(pair);
  return { holding, asked: asked.length };
}

const revertOf = (name: string, more: Partial<WrittenCommit> = {}): WrittenCommit => ({
  parents: [name],
  at: 12,
  message: `Revert "A change"\n\nThis reverts commit ${oid(name)}.`,
  ...more,
});
/** A line of commits, one an hour from noon, the oldest first, onto the fix. */
function line(count: number, from = "fix", begin = 11): Record<string, WrittenCommit> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `l${index}`,
      { parents: [index === 0 ? from : `l${index - 1}`], at: begin + index },
    ]),
  );
}

describe("a head", () => {
  it("holds a fix that is in its history, for one question", async () => {
    const { holding, asked } = await ask({ head: { parents: ["fix"], at: 12 } });
    expect(holding).toEqual({ holds: true });
    expect(asked).toBe(1);
  });

  it("lacks a fix that is on another branch", async () => {
    expect((await ask({ head: { parents: ["base"], at: 12 } })).holding).toEqual({ holds: false });
  });

  it("is not asked about where it is the fix, or no full SHA", async () => {
    const { github, asked } = githubKnowing(BASE);
    const same = { fix: oid("fix"), head: oid("fix"), pull: 50 };
    const short = { fix: oid("fix"), head: "main", pull: 50 };
    const answers = await readHoldings(github, SHOP, [same, short], known);
    expect([answers.get(same), answers.get(short)]).toEqual([{ holds: true }, undefined]);
    expect(asked).toEqual([]);
  });

  it.each([
    ["the head", "gone"],
    ["the fix", "head"],
  ])("of a repository that does not know %s is not known", async (_, head) => {
    const { github } = githubKnowing(head === "gone" ? BASE : { base: { at: 1 }, head: { at: 12 } });
    const pair = { fix: oid("fix"), head: oid(head), pull: 50 };
    expect((await readHoldings(github, SHOP, [pair], known)).get(pair)).toEqual({ holds: undefined });
  });

  it("is compared where the fix was committed before the walk, as after a fast-forward", async () => {
    const fix = { ...FIX, at: -90 };
    expect((await ask({ fix, head: { parents: ["fix"], at: 12 } })).holding).toEqual({ holds: true });
    expect((await ask({ fix, head: { parents: ["base"], at: 12 } })).holding).toEqual({ holds: false });
  });

  it("is asked about for many fixes together", async () => {
    const { github, asked } = githubKnowing({ ...BASE, ...line(50), head: { parents: ["l49"], at: 99 } });
    const pairs = Array.from({ length: 50 }, (_, index) => ({
      fix: oid(`l${index}`),
      head: oid("head"),
      pull: 50,
    }));
    const answers = await readHoldings(github, SHOP, pairs, known);
    expect([...answers.values()].every(({ holds }) => holds)).toBe(true);
    expect(asked).toHaveLength(1);
  });
});

describe("a long history", () => {
  it("is read page by page until it reaches the fix", async () => {
    const { holding, asked } = await ask({ ...line(250), head: { parents: ["l249"], at: 300 } });
    expect(holding).toEqual({ holds: true });
    expect(asked).toBe(3);
  });

  it("is not known past 500 commits, whether the fix is in it or not", async () => {
    const head = { parents: ["l599"], at: 700 };
    expect(await ask({ ...line(600), head })).toEqual({ holding: { holds: undefined }, asked: 5 });
    expect((await ask({ ...line(600, "base"), head })).holding).toEqual({ holds: undefined });
  });

  it("is known where another head continues it", async () => {
    const { github } = githubKnowing({ ...BASE, ...line(600), head: { parents: ["l599"], at: 700 } });
    const pair = { fix: oid("fix"), head: oid("head"), pull: 50 };
    const earlier = { fix: oid("fix"), head: oid("l300"), pull: 50 };
    const answers = await readHoldings(github, SHOP, [pair, earlier], known);
    expect([answers.get(pair), answers.get(earlier)]).toEqual([{ holds: true }, { holds: true }]);
  });

  it.each([120, 600])("shows a revert in its newest commits, with the fix %i commits back", async (count) => {
    const head = revertOf("fix", { parents: [`l${count - 1}`], at: 700 });
    const { holding } = await ask({ ...line(count), head });
    expect(holding).toMatchObject({ holds: false, revert: { oid: oid("head") } });
  });
});

describe("whether a commit is in the history of another", () => {
  it("is what GitHub's comparison says", async () => {
    const answers: Record<string, unknown> = {};
    for (const status of ["ahead", "identical", "behind", "diverged"]) {
      const { github, asked } = githubThat(() => reply({ status }));
      answers[status] = await readAncestry(github, SHOP, { fix: oid("fix"), head: oid("head") });
      expect(asked[0]?.path).toBe(`/repos/acme/shop/compare/${oid("fix")}...${oid("head")}`);
    }
    expect(answers).toEqual({ ahead: true, identical: true, behind: false, diverged: false });
  });

  it("is not known where one of them is unknown, or may be a branch", async () => {
    const { github, asked } = githubThat(() => reply({ message: "Not Found" }, 404));
    expect(await readAncestry(github, SHOP, { fix: oid("fix"), head: "main" })).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await readAncestry(github, SHOP, { fix: oid("fix"), head: oid("head") })).toBeUndefined();
  });
});
