import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  decodeCommit,
  decodeTree,
  encodeCommit,
  encodeTree,
  nameObject,
  type ObjectType,
} from "./objects.ts";

/** The name that git itself gives an object. */
function gitName(type: ObjectType, data: Buffer): string {
  return execFileSync("git", ["hash-object", "-t", type, "--stdin"], {
    input: data,
    encoding: "utf8",
  }).trim();
}

const blob = nameObject("blob", Buffer.from("hello\n"));
const signature = { name: "acme", email: "1+acme@users.noreply.github.com", seconds: 1_793_600_000 };
const commit = {
  tree: nameObject("tree", Buffer.alloc(0)),
  parents: ["a".repeat(40), "b".repeat(40)],
  author: signature,
  committer: { ...signature, name: "Ärzte & Co" },
  message: "Fix the cart\n\nBecause it broke.\n",
};
const tree = [
  { mode: "100644", name: "a.ts", oid: blob },
  { mode: "40000", name: "a", oid: nameObject("tree", Buffer.alloc(0)) },
  { mode: "100755", name: "a-b", oid: blob },
];

test.each([
  ["blob", Buffer.from("hello\n")],
  ["tree", encodeTree(tree)],
  ["commit", encodeCommit(commit)],
] as const)("a %s has the name that git gives it", (type, data) => {
  expect(nameObject(type, data)).toBe(gitName(type, data));
});

test("a commit is read back as it was written", () => {
  expect(decodeCommit(encodeCommit(commit))).toEqual(commit);
});

test("a tree is read back in git's order: a folder sorts as if its name ended in a slash", () => {
  expect(decodeTree(encodeTree(tree)).map(({ name }) => name)).toEqual(["a-b", "a.ts", "a"]);
});
