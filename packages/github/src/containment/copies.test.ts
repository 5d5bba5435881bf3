import { describe, expect, it } from "vitest";
import { readHoldings } from "../containment.ts";
import { githubKnowing, hour, oid, type WrittenCommit } from "../testing/commit-history.ts";

const SHOP = { owner: "acme", repo: "shop" };
type Commits = Readonly<Record<string, WrittenCommit>>;
const GUARD = { "src/cart.ts": "@@ -1,3 +1,3 @@\n a\n-total()\n+total?.()\n b" };
const ELSEWHERE = { "src/cart.ts": "@@ -40,3 +42,3 @@\n a\n-total()\n+total?.()\n b" };
const ADAPTED = { "src/cart.ts": "@@ -1,3 +1,3 @@\n other\n-total()\n+total?.()\n lines" };
const OTHER = { "src/cart.ts": "@@ -1,3 +1,3 @@\n a\n-total()\n+total() || 0\n b" };
const FOREIGN = { "README.md": "@@ -1 +1 @@\n-# Shop\n+# The shop" };
const FIX = { parents: ["base"], at: 10, message: "Guard the total (#50)", patch: GUARD, pull: 50 };
const BASE: Commits = { base: { at: 1 }, fix: FIX };
const PICK = `Guard the total (#50)\n\n(cherry picked from commit ${oid("fix")})`;

async function ask(commits: Commits) {
  const { github, asked } = githubKnowing({ ...BASE, ...commits });
  const pair = { fix: oid("fix"), head: oid("head"), pull: 50 };
  return { holding: (await readHoldings(github, SHOP, [pair], hour(10))).get(pair), asked: asked.length };
}
/** The head is one commit on a branch that does not have the fix. */
const askPicked = async (message: string, patch: WrittenCommit["patch"], more: Partial<WrittenCommit> = {}) =>
  (await ask({ head: { parents: ["base"], at: 12, message, ...(patch ? { patch } : {}), ...more } })).holding;
const byHead = { holds: true, pick: { oid: oid("head") } };
const suspect = { holds: undefined, suspect: { as: "pick", oid: oid("head") } };

describe("a copy of a fix", () => {
  it.each([
    ["is what was cherry-picked from it", PICK, GUARD],
    ["may be at other lines", PICK, ELSEWHERE],
    ["that says so may be among other lines", PICK, ADAPTED],
    ["that says so may have had a conflict", PICK, OTHER],
    ["is a back-port that changes the same", "[1.2] Total (backport #50) (#60)", GUARD],
    ["is a squash with its title", "Guard the total (#60)", GUARD],
    ["is a squash that keeps its number", "Guard the total (#50) (#60)", GUARD],
    [
      "is a cherry-pick of what was cut to a short name",
      PICK.replace(oid("fix"), oid("fix").slice(0, 10)),
      GUARD,
    ],
  ])("%s", async (_, message, patch) => {
    expect(await askPicked(message, patch)).toMatchObject(byHead);
  });

  it("is what was rebased, which keeps when it was written", async () => {
    expect(await askPicked("Another title", GUARD, { authoredAt: 10 })).toMatchObject(byHead);
  });

  it("is a pick of the commit of its pull request", async () => {
    const work = { parents: ["base"], at: 8, patch: GUARD, pull: 50 };
    const message = `Total\n\n(cherry picked from commit ${oid("work")})`;
    const head = { parents: ["base"], at: 12, message, patch: GUARD };
    expect((await ask({ work, head })).holding).toMatchObject(byHead);
  });

  it("may be what the fix was itself picked from", async () => {
    const fix = { ...FIX, message: `Guard\n\n(cherry picked from commit ${oid("head")})` };
    const head = { parents: ["base"], at: 9, message: "Guard the till", patch: GUARD };
    expect((await ask({ fix, head })).holding).toMatchObject(byHead);
  });

  it("may have been picked in parts", async () => {
    const whole = { ...GUARD, "src/till.ts": "@@ -1 +1 @@\n-1\n+2" };
    const commits = {
      fix: { ...FIX, patch: whole },
      one: { parents: ["base"], at: 7, pull: 50 },
      two: { parents: ["one"], at: 8, pull: 50 },
      a: {
        parents: ["base"],
        at: 11,
        message: `A\n\n(cherry picked from commit ${oid("one")})`,
        patch: GUARD,
      },
    };
    const till = { "src/till.ts": "@@ -1 +1 @@\n-1\n+2" };
    const second = {
      parents: ["a"],
      at: 12,
      message: `B\n\n(cherry picked from commit ${oid("two")})`,
      patch: till,
    };
    expect((await ask({ ...commits, head: second })).holding).toMatchObject(byHead);
    const first = await ask({ ...commits, head: { parents: ["a"], at: 12 } });
    expect(first.holding).toMatchObject({ holds: undefined, suspect: { as: "pick" } });
    const undone = { parents: ["second"], at: 13, message: `Undo\n\nThis reverts commit ${oid("a")}.` };
    expect((await ask({ ...commits, second, head: undone })).holding).toMatchObject({
      holds: false,
      revert: {},
    });
  });

  it("falls with its own revert, and with one that names the fix", async () => {
    const pick = { parents: ["base"], at: 12, message: PICK, patch: GUARD };
    for (const name of ["pick", "fix"]) {
      const head = { parents: ["pick"], at: 13, message: `Undo\n\nThis reverts commit ${oid(name)}.` };
      expect((await ask({ pick, head })).holding).toMatchObject({
        holds: false,
        revert: { oid: oid("head") },
      });
    }
  });

  it("puts back what was reverted before it", async () => {
    const undo = { parents: ["fix"], at: 12, message: `Undo\n\nThis reverts commit ${oid("fix")}.` };
    const head = { parents: ["undo"], at: 13, message: PICK, patch: GUARD };
    expect((await ask({ undo, head })).holding).toMatchObject(byHead);
  });
});

describe("a message proves nothing: somebody has to look where it", () => {
  it.each([
    ["claims a cherry-pick and changes something else", PICK, FOREIGN],
    ["claims a cherry-pick and changes nothing", PICK, undefined],
    ["names the pull request as a back-port", "Backport #50 to 1.2 (#60)", OTHER],
    [
      "links the pull request as a back-port",
      "Total\n\nBackport of https://github.com/acme/shop/pull/50",
      OTHER,
    ],
    ["has the number of the pull request in its title", "Be safe (#50)", OTHER],
  ])("%s", async (_, message, patch) => {
    expect(await askPicked(message, patch)).toMatchObject(suspect);
  });

  it("claims it of a fix that itself changes nothing", async () => {
    const { patch: _, ...empty } = FIX;
    const head = { parents: ["base"], at: 12, message: PICK };
    expect((await ask({ fix: empty, head })).holding).toMatchObject(suspect);
  });
});

describe("a fix is missing where a commit", () => {
  it.each([
    { says: "Guard the total", changes: OTHER, which: "has its title and changes something else" },
    { says: "Guard the total", changes: ADAPTED, which: "has its title and the same lines among others" },
    { says: "Unrelated", changes: GUARD, which: "changes the same under another title, at another time" },
    { says: "Go on\n\nUnlike #50", changes: OTHER, which: "only mentions its pull request" },
    { says: "Backport #51", changes: OTHER, which: "is a back-port of another pull request" },
    { says: "Backport acme/docs#50", changes: OTHER, which: "is a back-port of another repository" },
    { says: PICK.replace(oid("fix"), oid("base")), changes: OTHER, which: "was picked from another commit" },
  ])("$which", async ({ says, changes }) => {
    expect(await askPicked(says.replace("(#50)", ""), changes)).toEqual({ holds: false });
  });
});

describe("the patches that are read", () => {
  it("are none where nothing looks like a copy", async () => {
    expect((await ask({ head: { parents: ["base"], at: 12 } })).asked).toBe(1);
  });

  it("are few, however many commits have the title: then it is not known", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `l${index}`,
        {
          parents: [index === 0 ? "base" : `l${index - 1}`],
          at: 11 + index,
          message: "Guard the total",
          patch: OTHER,
        },
      ]),
    );
    const { holding, asked } = await ask({ ...many, head: { parents: ["l59"], at: 99 } });
    expect(holding).toEqual({ holds: undefined });
    expect(asked).toBeLessThanOrEqual(18);
  });
});
