import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeActionTree } from "./action-tree.ts";

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "release-"));
  const files = {
    LICENSE: "MIT",
    "SECURITY.md": "Report privately.",
    "actions/intake/action.yml": "name: x",
    "actions/intake/README.md":
      "See [templates](../claim/templates), [top](#top), [site](https://example.com/a).",
    "actions/intake/package.json": "{}",
    "actions/intake/src/run.ts": "",
    "actions/intake/dist/index.js": "run();",
    "actions/intake/dist/12.index.js": "chunk();",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repository, path, ".."), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
});
afterEach(() => rmSync(repository, { recursive: true }));

const release = () => join(repository, "release");

const source = () => ({
  folder: repository,
  commit: "0".repeat(40),
  time: "2026-11-29T12:00:00+01:00",
  owner: "patchpilot",
  version: "1.0.0",
  actions: { intake: "1.0.0" },
});

test("a release holds the five parts and nothing else", () => {
  writeActionTree(source(), "intake", release());
  const files = globSync("**/*.*", { cwd: release() }).concat(globSync("LICENSE", { cwd: release() }));
  expect(files.sort()).toEqual([
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "action.yml",
    "dist/12.index.js",
    "dist/index.js",
  ]);
});

test("a release holds the files that its bundle reads beside action.yml", () => {
  const path = "actions/intake/recipes/task/recipe.yml";
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), "name: task");
  writeActionTree(source(), "intake", release());
  expect(readFileSync(join(release(), "recipes/task/recipe.yml"), "utf8")).toBe("name: task");
});

test("what an earlier release left behind is gone", () => {
  writeActionTree(source(), "intake", release());
  writeFileSync(join(release(), "dist", "old.index.js"), "");
  writeActionTree(source(), "intake", release());
  expect(globSync("dist/*", { cwd: release() }).sort()).toEqual(["dist/12.index.js", "dist/index.js"]);
});

test("links to files that a release does not carry lead to where the action is developed", () => {
  writeActionTree(source(), "intake", release());
  expect(readFileSync(join(release(), "README.md"), "utf8")).toBe(
    "See [templates](https://github.com/patchpilot/patchpilot/tree/main/actions/claim/templates), [top](#top), [site](https://example.com/a).",
  );
});

test("without a bundle there is no release", () => {
  rmSync(join(repository, "actions/intake/dist"), { recursive: true });
  expect(() => writeActionTree(source(), "intake", release())).toThrow(
    "dist is missing; run `npm run generate`",
  );
});
