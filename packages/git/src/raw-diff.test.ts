import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readRawDiff } from "./raw-diff.ts";
import { testGit } from "./testing/test-git.ts";

/** The raw diff that git itself makes of two trees. */
function diffOf(before: (folder: string) => void, after: (folder: string) => void): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "raw-diff-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = testGit(folder);
  git(["init", "--quiet"]);
  before(folder);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--allow-empty", "--message", "base"]);
  git(["rm", "--quiet", "-rf", "--ignore-unmatch", "."]);
  after(folder);
  git(["add", "--all"]);
  return git(["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "HEAD"]);
}

test("a path that is not UTF-8 keeps its bytes", () => {
  const name = Buffer.from("a\xff\n\t:.txt", "latin1");
  const output = diffOf(
    () => {},
    (folder) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), "x"),
  );
  expect(readRawDiff(output)).toMatchObject([{ path: name, after: { mode: "100644" } }]);
});

test("a file that becomes a link is one change with both modes", () => {
  const output = diffOf(
    (folder) => writeFileSync(join(folder, "a"), "x"),
    (folder) => symlinkSync("b", join(folder, "a")),
  );
  expect(readRawDiff(output)).toMatchObject([{ before: { mode: "100644" }, after: { mode: "120000" } }]);
});

test("a file in the place of a folder is two changes, of which one goes away", () => {
  const output = diffOf(
    (folder) => {
      mkdirSync(join(folder, "a"));
      writeFileSync(join(folder, "a/b"), "x");
    },
    (folder) => writeFileSync(join(folder, "a"), "y"),
  );
  const changes = readRawDiff(output).map(({ path, after }) => [path.toString(), after?.mode]);
  expect(changes.sort()).toEqual([
    ["a", "100644"],
    ["a/b", undefined],
  ]);
});

test.each([
  ["a rename", `:100644 100644 ${"1".repeat(40)} ${"2".repeat(40)} R100\0a\0b\0`],
  ["an abbreviated object", ":100644 100644 1111111 2222222 M\0a\0"],
  ["a change without its path", `:100644 100644 ${"1".repeat(40)} ${"2".repeat(40)} M\0`],
  ["an end without a NUL", `:100644 100644 ${"1".repeat(40)} ${"2".repeat(40)} M\0a`],
])("%s is an error", (_, output) => {
  expect(() => readRawDiff(Buffer.from(output))).toThrow(/^git/);
});

test("no output is no change", () => {
  expect(readRawDiff(Buffer.alloc(0))).toEqual([]);
});
