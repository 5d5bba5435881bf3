import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HAS_RIG, REPOSITORY } from "../../repository.ts";
import { findDeadReferences, type Places } from "./find-dead-references.ts";
import { readTexts } from "./read-texts.ts";

const here: Places = {
  has: (path) => existsSync(join(REPOSITORY, path)),
  read: (path) => readFileSync(join(REPOSITORY, path), "utf8"),
};

test("every page, section and name that a text of this repository refers to exists", () => {
  const texts = readTexts(REPOSITORY);
  expect(texts.length).toBeGreaterThan(1000);
  expect(findDeadReferences(texts, here).filter((fault) => HAS_RIG || !isOfRig(fault))).toEqual([]);
});

const isOfRig = (fault: string): boolean => / names packages\/rig[/,]/.test(fault);

const PLAN = "# Plan\n\n## 1. Rooms\n\n## Who's `there`?\n\n```\n## 2. No heading\n```\n";
const files: Readonly<Record<string, string>> = {
  "docs/plan.md": PLAN,
  "packages/house/src/door.ts": "export const open = () => {};",
};
const places: Places = {
  has: (path) => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`)),
  read: (path) => files[path] ?? "",
};
const find = (path: string, text: string): string[] => findDeadReferences([{ path, text }], places);

test.each([
  ["a page", "README.md", "[plan](docs/lost.md)"],
  ["a heading", "README.md", "[plan](docs/plan.md#cellar)"],
  ["a heading that is a line of a block", "README.md", "[plan](docs/plan.md#2-no-heading)"],
  ["a heading of its own", "docs/plan.md", `${PLAN}[up](#roof)`],
  ["a page, in code", "packages/house/src/door.ts", "// docs/lost.md says why."],
  ["a section of no page", "packages/house/src/door.ts", "/** As planned, section 1. */"],
  [
    "a section, over two lines",
    "packages/house/src/door.ts",
    "/**\n * See docs/plan.md,\n * section 2.\n */",
  ],
  ["a section of its own", "docs/plan.md", `${PLAN}See section 3.`],
  ["a file in a code span", "docs/plan.md", `${PLAN}\`packages/house/src/window.ts\``],
  [
    "a name that its file does not hold",
    "docs/plan.md",
    `${PLAN}| [d](../packages/house/src/door.ts) | \`shut\` | x |`,
  ],
])("%s that does not exist is named", (_, path, text) => {
  expect(find(path, text)).toHaveLength(1);
});

test.each([
  ["docs/plan.md", `${PLAN}See section 1, [there](#whos-there) and [door](../packages/house/src/door.ts).`],
  ["docs/plan.md", `${PLAN}| [d](../packages/house/src/door.ts) | \`open\` | x |`],
  [
    "docs/plan.md",
    `${PLAN}\`packages/house/src/door.ts\`, \`actions/checkout\` and [GitHub](https://github.com/x)`,
  ],
  ["README.md", "[1](docs/plan.md#1-rooms)\n\n```\n[example](docs/lost.md)\n```\n"],
  ["packages/house/src/door.ts", "// docs/plan.md, section 1."],
  ["packages/house/src/door.test.ts", 'const made = "docs/lost.md, section 9";'],
])("what exists in %s is not named", (path, text) => {
  expect(find(path, text)).toEqual([]);
});
