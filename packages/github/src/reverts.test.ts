import { describe, expect, test } from "vitest";
import type { WalkedCommit } from "./history-walk.ts";
import { findRevert } from "./reverts.ts";

const oid = (letter: string): string => letter.repeat(40);
const AT = "2026-11-20T06:00:00Z";

/** Commits on a line, newest first: a letter, and its message. */
function line(...commits: readonly (readonly [letter: string, message: string])[]): WalkedCommit[] {
  return commits.map(([letter, message], index) => ({
    oid: oid(letter),
    message,
    parents: commits.slice(index + 1, index + 2).map(([parent]) => oid(parent)),
    at: AT,
  }));
}
const FIX = ["f", "Guard the total (#12)"] as const;
const git = (letter: string) => `Revert "something"\n\nThis reverts commit ${oid(letter)}.`;

/** The letter of the commit that reverts the fix. */
function find(commits: readonly WalkedCommit[], pull: number | null = 12): string | undefined {
  const fix = commits.find((commit) => commit.oid === oid("f"));
  if (fix === undefined) throw new Error("The history has no fix.");
  return findRevert(fix, commits, "acme/shop", pull)?.oid[0];
}

describe("a fix is taken out", () => {
  test.each([
    ["as git says it", git("f")],
    ["by a short name", `Revert it\n\nThis reverts commit ${oid("f").slice(0, 9)}.`],
    [
      "of a squash, by its number in the title",
      'Revert "Guard the total (#12)" (#51)\n\nIt broke the invoice.',
    ],
    ["by GitHub's description", 'Revert "Guard the total" (#51)\n\nReverts acme/shop#12'],
    ["by a description with a bare number", 'Revert "Guard the total" (#51)\n\nReverts #12\n'],
  ])("%s", (_, message) => {
    expect(find(line(["a", message], ["7", "Other"], FIX))).toBe("a");
  });

  test("and is back after the revert of the revert", () => {
    expect(find(line(["c", git("a")], ["a", git("f")], FIX))).toBeUndefined();
  });

  test("and out again after a third one", () => {
    expect(find(line(["d", git("c")], ["c", git("a")], ["a", git("f")], FIX))).toBe("a");
  });

  test("and back where the squashed revert is reverted by its number", () => {
    const commits = line(
      ["c", 'Revert "Revert "Guard the total (#12)" (#51)" (#60)'],
      ["a", 'Revert "Guard the total (#12)" (#51)'],
      FIX,
    );
    expect(find(commits)).toBeUndefined();
  });
});

describe("a fix stays", () => {
  const other = line(FIX, ["e", "Before"]);

  const reverted = {
    "where another commit is reverted": git("e"),
    "where its name is only mentioned": `See ${oid("f")}, which this follows (#12)`,
    "where the number is another repository's": "Revert it\n\nReverts acme/docs#12",
    "where a longer number begins with its own": 'Revert "Other (#123)" (#130)',
    "where a message that names another commit has its number": `Revert "It (#12)"\n\nThis reverts commit ${oid("e")}.`,
  };

  test.each(Object.entries(reverted))("%s", (_, message) => {
    expect(find([...line(["a", message]), ...other])).toBeUndefined();
  });

  test("where no number is known and only a number is named", () => {
    const commits = line(["a", "Revert it\n\nReverts #12"], ["f", "Guard the total"]);
    expect(find(commits, null)).toBeUndefined();
  });
});

describe("merges", () => {
  const at = AT;
  const base = { oid: oid("b"), message: "Base", parents: [], at };
  const inner = { oid: oid("9"), message: "Guard the total", parents: [oid("b")], at };
  const merge = {
    oid: oid("f"),
    message: "Merge pull request #12 from acme/fix\n\nGuard the total",
    parents: [oid("b"), oid("9")],
    at,
  };
  const after = (message: string, letter = "a", parent = "f") => ({
    oid: oid(letter),
    message,
    parents: [oid(parent)],
    at,
  });

  test("are reverted by their own name, reversing changes", () => {
    const text = `Revert "Guard"\n\nThis reverts commit ${oid("f")}, reversing\nchanges made to ${oid("b")}.`;
    expect(find([after(text), merge, inner, base])).toBe("a");
  });

  test("are reverted by the commit that they brought", () => {
    expect(find([after(git("9")), merge, inner, base])).toBe("a");
  });

  test("bring the fix back where the merge of its revert is reverted", () => {
    const revert = { oid: oid("a"), message: git("f"), parents: [oid("f")], at };
    const landed = { oid: oid("8"), message: "Merge pull request #51", parents: [oid("f"), oid("a")], at };
    expect(find([landed, revert, merge, inner, base])).toBe("a");
    expect(find([after(git("8"), "c", "8"), landed, revert, merge, inner, base])).toBeUndefined();
  });
});
