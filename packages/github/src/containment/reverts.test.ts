import { describe, expect, it } from "vitest";
import { readHoldings } from "../containment.ts";
import { githubKnowing, hour, oid, type WrittenCommit } from "../testing/commit-history.ts";

const SHOP = { owner: "acme", repo: "shop" };
type Commits = Readonly<Record<string, WrittenCommit>>;
/** The fix is the merge of #50, whose branch has the commit `work`. */
const MERGED: Commits = {
  base: { at: 1 },
  work: { parents: ["base"], at: 5, message: "Guard the total", pull: 50 },
  fix: {
    parents: ["base", "work"],
    at: 10,
    message: "Merge pull request #50 from acme/guard\n\nGuard the total",
    pull: 50,
  },
};
const REVERT = `Revert "Guard the total"\n\nThis reverts commit ${oid("fix")}.`;

/** Whether `head` still holds the fix #50. */
async function ask(commits: Commits): Promise<unknown> {
  const { github } = githubKnowing({ ...MERGED, ...commits });
  const pair = { fix: oid("fix"), head: oid("head"), pull: 50 };
  return (await readHoldings(github, SHOP, [pair], hour(10))).get(pair);
}
/** The head is one commit after the fix, with this message. */
const askAfter = (message: string, more: Commits = {}) =>
  ask({ ...more, head: { parents: ["fix"], at: 12, message } });
const byHead = { holds: false, revert: { oid: oid("head"), pull: null, branch: null } };

describe("a revert takes a fix out", () => {
  it.each([
    ["as git writes it", REVERT],
    [
      "of a merge",
      `Revert "Merge"\n\nThis reverts commit ${oid("fix")}, reversing\nchanges made to ${oid("base")}.`,
    ],
    [
      "with a cut name, as --reference does",
      `Undo it\n\nThis reverts commit ${oid("fix").slice(0, 9)} (Guard, 2026).`,
    ],
    ["of a commit of its pull request", `Revert "Guard the total"\n\nThis reverts commit ${oid("work")}.`],
    ["among others", `Undo\n\nThis reverts commits ${oid("base")} and ${oid("fix")}.`],
    ["as an item of a squash", `Tidy (#60)\n\n* Revert it\n\n* This reverts commit ${oid("fix")}.`],
    ["as GitHub describes the pull request", 'Revert "Guard" (#51)\n\nReverts acme/shop#50'],
    ["of the same repository without its name", "Undo\n\nReverts #50"],
    ["with the number of its squash in the title", 'Revert "Guard the total (#50)" (#51)'],
    ["with the title of its merge", 'Revert "Merge pull request #50 from acme/guard"'],
  ])("%s", async (_, message) => {
    expect(await askAfter(message)).toMatchObject({ holds: false, revert: { oid: oid("head") } });
  });

  it("and is named with its pull request and branch", async () => {
    const commits = { undo: { parents: ["fix"], at: 12, message: REVERT, pull: 51 } };
    const found = await ask({ ...commits, head: { parents: ["fix", "undo"], at: 13 } });
    expect(found).toEqual({
      holds: false,
      revert: { oid: oid("undo"), pull: 51, branch: "main", at: hour(12).toISOString() },
    });
  });

  it("that was merged elsewhere, if that merge is reverted", async () => {
    const found = await ask({
      release: { parents: ["base"], at: 9 },
      sync: { parents: ["release", "fix"], at: 11 },
      head: {
        parents: ["sync"],
        at: 12,
        message: `Revert "Sync"\n\nThis reverts commit ${oid("sync")}, reversing\nchanges made to ${oid("release")}.`,
      },
    });
    expect(found).toMatchObject(byHead);
  });

  it("until the revert is reverted", async () => {
    const undo = { parents: ["fix"], at: 12, message: REVERT };
    const redo = {
      parents: ["undo"],
      at: 13,
      message: `Reapply "Guard"\n\nThis reverts commit ${oid("undo")}.`,
    };
    expect(await ask({ undo, head: redo })).toEqual({ holds: true });
    const again = { parents: ["redo"], at: 14, message: `Revert it\n\nThis reverts commit ${oid("redo")}.` };
    expect(await ask({ undo, redo, head: again })).toMatchObject({
      holds: false,
      revert: { oid: oid("undo") },
    });
  });

  it("until the pull request of the revert is reverted", async () => {
    const undo = { parents: ["fix"], at: 12, message: "Undo (#51)\n\nReverts acme/shop#50", pull: 51 };
    const redo = { parents: ["undo"], at: 13, message: "Redo (#52)\n\nReverts acme/shop#51", pull: 52 };
    expect(await ask({ undo, head: redo })).toEqual({ holds: true });
  });
});

describe("a fix stays where", () => {
  it.each([
    ["something else is reverted", `Revert "x"\n\nThis reverts commit ${oid("base")}.`],
    ["its commit is only mentioned", `Follow up on ${oid("fix")}`],
    [
      "the sentence is quoted",
      `Explain\n\n> This reverts commit ${oid("fix")}.\nSee: This reverts commit ${oid("fix")}`,
    ],
    ["a pull request of another repository is reverted", "Undo\n\nReverts acme/docs#50"],
    [
      "its pull request is only mentioned",
      "Unlike #50, this one reverts nothing. Reverts #50 would be wrong",
    ],
    ["the title of a revert has another number", 'Revert "Guard the cart (#49)" (#51)'],
  ])("%s", async (_, message) => {
    expect(await askAfter(message)).toEqual({ holds: true });
  });

  it("the revert is on another branch", async () => {
    const undo = { parents: ["fix"], at: 12, message: REVERT };
    expect(await ask({ undo, head: { parents: ["fix"], at: 13 } })).toEqual({ holds: true });
  });

  it("its own branch had taken a first try back", async () => {
    const found = await ask({
      undo: { parents: ["work"], at: 6, message: `Revert\n\nThis reverts commit ${oid("work")}.`, pull: 50 },
      fix: { parents: ["base", "undo"], at: 10, pull: 50 },
      head: { parents: ["fix"], at: 12 },
    });
    expect(found).toEqual({ holds: true });
  });
});

describe("somebody has to look where a revert", () => {
  const byTitle = { holds: undefined, suspect: { as: "revert", oid: oid("head") } };

  it.each(['Revert "Guard the total"', 'Revert "Guard the total" (#51)', 'revert "Guard the total"'])(
    "says no more than the title: %s",
    async (message) => {
      expect(await askAfter(message)).toMatchObject(byTitle);
    },
  );

  it.each([
    ["[patchpilot] Guard the total", 'Revert "[patchpilot] Guard the total"'],
    ["fix(cart): guard the total", "revert: fix(cart): guard the total"],
    ["Guard the total of a cart without any lines", 'Revert "Guard the total of a cart wi… (#51)'],
    ['Revert "Guard the total"', 'Revert "Revert "Guard the total""'],
  ])("names the title %s as %s", (title, message) =>
    expect(
      askAfter(message, { fix: { parents: ["base"], at: 10, message: title, pull: 50 } }),
    ).resolves.toMatchObject(byTitle),
  );

  it.each(['Revert "Guard the…', 'Revert "Guard the cart"', "revert: guard", "Revert Guard the total"])(
    "does not say so little as %s",
    async (message) => {
      expect(await askAfter(message)).toEqual({ holds: true });
    },
  );

  it("was made beside the fix, on a branch that had a copy of it", async () => {
    const found = await ask({
      undo: { parents: ["base"], at: 11, message: REVERT },
      head: { parents: ["fix", "undo"], at: 12 },
    });
    expect(found).toMatchObject({ holds: undefined, suspect: { as: "revert" } });
  });

  it("and its own revert name each other, which ends", async () => {
    const one = { parents: ["fix"], at: 12, message: "One (#51)\n\nReverts #50\nReverts #52", pull: 51 };
    const two = { parents: ["one"], at: 13, message: "Two (#52)\n\nReverts #51", pull: 52 };
    expect(await ask({ one, head: two })).toEqual({ holds: true });
  });
});
