import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareTrees } from "./diff.ts";
import { openBareGit } from "./git-store.ts";
import { writeFiles } from "./trees.ts";

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);

test.each([
  ["changed lines far apart", LINES.join(""), LINES.with(2, "two\n").with(25, "twenty-five\n").join("")],
  ["a removed line", LINES.join(""), LINES.toSpliced(10, 1).join("")],
  ["an added line at the end", LINES.join(""), `${LINES.join("")}more\n`],
  ["a new file", undefined, "one\ntwo\n"],
  ["a removed file", "one\n", undefined],
])("the patch of %s is git's own", (_, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), "diff-"));
  try {
    const git = openBareGit(join(folder, "git"), "main");
    const [base, head] = [before, after].map((content) => {
      const signature = { name: "a", email: "a@example.com", seconds: 0 };
      const tree = writeFiles(git, { kept: "1\n", ...(content === undefined ? {} : { file: content }) });
      return git.writeCommit({ tree, parents: [], author: signature, committer: signature, message: "-" });
    });
    const args = ["--git-dir", join(folder, "git"), "diff", "--no-renames", base ?? "", head ?? ""];
    const official = execFileSync("git", args, { encoding: "utf8" });
    const hunks = official
      .slice(official.indexOf("@@"))
      .replace(/^(@@.*@@).*$/gm, "$1")
      .trimEnd();
    const [file] = compareTrees(git, base, head ?? "");
    expect(file?.patch).toBe(hunks);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a binary file has no patch", () => {
  const folder = mkdtempSync(join(tmpdir(), "diff-"));
  try {
    const git = openBareGit(join(folder, "git"), "main");
    const signature = { name: "a", email: "a@example.com", seconds: 0 };
    const tree = writeFiles(git, { file: Buffer.from([1, 0, 2]) });
    const head = git.writeCommit({
      tree,
      parents: [],
      author: signature,
      committer: signature,
      message: "-",
    });
    expect(compareTrees(git, undefined, head)).toMatchObject([
      { path: "file", additions: 0, patch: undefined },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
