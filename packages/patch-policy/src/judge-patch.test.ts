import fc from "fast-check";
import { expect, test } from "vitest";
import { type BaseEntry, judgeBase, judgeBytes, judgeModes, judgePaths, judgePlaces } from "./judge-patch.ts";

const rules = { maxFiles: 3, maxLines: 10, maxBytes: 100, protectedPaths: [] };
const sha256 = "a".repeat(64);

test("plain paths have no faults", () => {
  expect(judgePaths(["src/a.ts", "docs/ä b.md", "app/[id]/page.tsx"], rules)).toEqual([]);
});

const part = fc.stringMatching(/^[a-z]{1,5}$/);

test("a path with a part that climbs, or is empty, is refused wherever it stands", () => {
  fc.assert(
    fc.property(
      fc.array(part),
      fc.constantFrom("..", ".", ""),
      fc.array(part, { minLength: 1 }),
      (a, wrong, b) => {
        expect(judgePaths([[...a, wrong, ...b].join("/")], rules)).toHaveLength(1);
      },
    ),
  );
});

test("whatever some file system takes for .git is refused wherever it stands", () => {
  const names = fc.constantFrom(
    ".git",
    ".GIT",
    ".gitmodules",
    ".git ",
    "GIT~1",
    ".github",
    "．git",
    ".g\u200dit",
  );
  fc.assert(
    fc.property(fc.array(part), names, fc.array(part), (a, name, b) => {
      expect(judgePaths([[...a, name, ...b].join("/")], rules)).toHaveLength(1);
    }),
  );
});

test("a fault names the path without the characters that could break a log", () => {
  const [fault] = judgePaths(["a`b\n::error::x/../y"], rules);
  expect(fault?.told).toBe("The path `a?b?::error::x/../y` does not stay inside the repository.");
});

test("the expected SHA-256 may be written in capitals", () => {
  const patch = { bytes: 10, sha256, holdsSecret: false };
  expect(judgeBytes(patch, { sha256: sha256.toUpperCase() }, rules)).toEqual([]);
});

test("a patch over the size is refused with both numbers", () => {
  const [fault] = judgeBytes({ bytes: 101, sha256, holdsSecret: false }, { sha256 }, rules);
  expect(fault?.told).toBe("The patch has 101 bytes; the limit is 100 (`max-patch-kb`).");
});

const base = new Map<string, BaseEntry>([
  ["lib", { type: "blob", mode: "120000", oid: "1" }],
  ["src", { type: "tree", mode: "040000", oid: "2" }],
  ["src/a.ts", { type: "blob", mode: "100644", oid: "3" }],
  ["vendor", { type: "commit", mode: "160000", oid: "4" }],
]);

const onBase: [string, string[]][] = [
  ["src/a.ts", []],
  ["src/new/b.ts", []],
  ["lib/x.ts", ["`lib` is not a folder on the base commit."]],
  ["src", ["`src` is a folder on the base commit."]],
  ["vendor", ["`vendor` is a submodule."]],
  ["vendor/x.c", ["`vendor` is not a folder on the base commit."]],
];

test.each(onBase)("on this base, %s has the faults %j", (path, faults) => {
  expect(judgeBase(path, base, [path]).map(({ told }) => told)).toEqual(faults);
});

test("removing a symbolic link is allowed, making one is not", () => {
  const link = { mode: "120000", oid: "5" };
  expect(judgeModes([{ path: "link", before: link }])).toEqual([]);
  expect(judgeModes([{ path: "link", after: link }]).map(({ told }) => told)).toEqual([
    "`link` would become a symbolic link; only plain files are published.",
  ]);
});

test.each([
  [".gitignore", "web/.gitignore"],
  ["uploads/.gitkeep", ".gitattributes"],
  ["docs/a:b.md", "src/emoji-👩\u200d💻.ts"],
  ["docs/ការ\u200bទិញ.md", "docs/می\u200cخواهم.md"],
])("ordinary names are taken: %j and %j", (...paths) => {
  expect(judgePaths(paths, rules)).toEqual([]);
});

test.each([
  ".gitkeep/x",
  ".GitIgnore",
  ".gitmodules",
  ".gitlab-ci.yml",
  ".git::$INDEX_ALLOCATION/config",
  "a\u200db.ts",
  "a\u200bb.ts",
  "a\u202eb.ts",
])("a name that git obeys or that hides what it is, is refused: %j", (path) => {
  expect(judgePaths([path], rules)).toHaveLength(1);
});

test.each([
  [["__pycache__/a.cpython-311.pyc"], 1],
  [[".venv/lib/a.py", ".venv/.gitignore"], 2],
  [["vendor-cache/.yarn/cache/a.zip"], 0],
])("of %j, what a tool made for itself is refused where the base does not keep it", (paths, count) => {
  const keeps = new Map<string, BaseEntry>([
    ["vendor-cache/.yarn/cache", { type: "tree", mode: "040000", oid: "6" }],
  ]);
  expect(paths.flatMap((path) => judgeBase(path, keeps, paths))).toHaveLength(count);
});

test("what a patch takes away is in nobody's way", () => {
  const paths = ["src/a.ts", "src/a.ts/b.ts", "src", "src/c.ts"];
  expect(paths.flatMap((path) => judgeBase(path, base, paths))).toEqual([]);
});

test("a path cannot be a file and a folder", () => {
  const after = { mode: "100644", oid: "7" };
  expect(
    judgePlaces([
      { path: "a", after },
      { path: "a/b", after },
    ]).map(({ rule }) => rule),
  ).toEqual(["path-blocked"]);
});
