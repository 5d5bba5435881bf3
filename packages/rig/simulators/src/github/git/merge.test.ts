import { expect, test } from "vitest";
import { createMemoryGit, type GitStore } from "./git-store.ts";
import { mergeTrees } from "./merge.ts";
import { listTreeFiles, writeFiles } from "./trees.ts";

type Files = Readonly<Record<string, string>>;

function commit(git: GitStore, files: Files, ...parents: string[]): string {
  const signature = { name: "a", email: "a@example.com", seconds: parents.length };
  const tree = writeFiles(git, files);
  return git.writeCommit({ tree, parents, author: signature, committer: signature, message: "-" });
}

/** What a merge of two changes of the same files gives, by path; undefined for a conflict. */
function merged(common: Files, ours: Files, theirs: Files): Files | undefined {
  const git = createMemoryGit({ current: 0, keepHistory: false });
  const base = commit(git, common);
  const tree = mergeTrees(git, commit(git, ours, base), commit(git, theirs, base));
  if (tree === undefined) return undefined;
  return Object.fromEntries(
    listTreeFiles(git, tree).map(({ path, oid }) => [path, git.blob(oid)?.toString() ?? ""]),
  );
}

const LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

test("changes of different files come together", () => {
  expect(
    merged({ a: "1\n", b: "1\n" }, { a: "2\n", b: "1\n" }, { a: "1\n", b: "2\n", "c/d": "1\n" }),
  ).toEqual({
    a: "2\n",
    b: "2\n",
    "c/d": "1\n",
  });
});

test("changes of different lines of one file come together", () => {
  const ours = LINES.replace("1\n", "one\n");
  const theirs = LINES.replace("9\n", "nine\n");
  expect(merged({ a: LINES }, { a: ours }, { a: theirs })).toEqual({ a: ours.replace("9\n", "nine\n") });
});

test("different changes of the same line are a conflict", () => {
  const change = (text: string) => LINES.replace("5\n", text);
  expect(merged({ a: LINES }, { a: change("five\n") }, { a: change("V\n") })).toBeUndefined();
});

test("the same change on both sides is no conflict", () => {
  expect(merged({ a: "1\n" }, { a: "2\n" }, { a: "2\n" })).toEqual({ a: "2\n" });
});

test("a file that one side removes and the other changes is a conflict", () => {
  expect(merged({ a: "1\n", b: "1\n" }, { b: "1\n" }, { a: "2\n", b: "1\n" })).toBeUndefined();
});

test("a file that one side removes and the other leaves is gone", () => {
  expect(merged({ a: "1\n", b: "1\n" }, { a: "1\n", b: "2\n" }, { b: "1\n" })).toEqual({ b: "2\n" });
});
