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
    "SECURITY.md": "See [how](docs/verify-release.md).",
    "actions/intake/action.yml": "name: x",
    "actions/intake/README.md":
      "See [templates](../claim/templates), [top](#top), [site](https://example.com/a).",
    "actions/intake/package.json": "{}",
    "actions/intake/src/run.ts": "",
    "actions/intake/dist/index.js": "run();",
    "actions/intake/dist/12.index.js": "chunk();",
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
});
afterEach(() => rmSync(repository, { recursive: true }));

const release = () => join(repository, "release");
const read = (path: string) => readFileSync(join(release(), path), "utf8");
function write(path: string, text: string): void {
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), text);
}

const source = () => ({
  folder: repository,
  commit: "0".repeat(40),
  time: "2026-11-29T12:00:00+01:00",
  owner: "patchpilot",
  version: "1.4.0",
  actions: { intake: "1.0.0", dispatch: "1.2.0" },
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
  write("actions/intake/recipes/task/recipe.yml", "name: task");
  writeActionTree(source(), "intake", release());
  expect(read("recipes/task/recipe.yml")).toBe("name: task");
});

test("what an earlier release left behind is gone", () => {
  writeActionTree(source(), "intake", release());
  writeFileSync(join(release(), "dist", "old.index.js"), "");
  writeActionTree(source(), "intake", release());
  expect(globSync("dist/*", { cwd: release() }).sort()).toEqual(["dist/12.index.js", "dist/index.js"]);
});

test("links to files that a release does not carry lead to where the action is developed", () => {
  mkdirSync(join(repository, "actions/claim/templates"), { recursive: true });
  writeActionTree(source(), "intake", release());
  expect(read("README.md")).toContain(
    "See [templates](https://github.com/patchpilot/patchpilot/tree/v1.4.0/actions/claim/templates), [top](#top), [site](https://example.com/a).",
  );
  expect(read("SECURITY.md")).toBe(
    "See [how](https://github.com/patchpilot/patchpilot/blob/v1.4.0/docs/verify-release.md).",
  );
});

test("each page names the owner and the versions at this commit", () => {
  write("actions/intake/README.md", "uses: patchpilot/intake@v1\nuses: patchpilot/dispatch@v1\n");
  write("actions/intake/action.yml", "description: Before `patchpilot/dispatch`.");
  write("actions/intake/recipes/task/recipe.yml", "# patchpilot/patchpilot/.github/workflows/repair.yml@v1");
  writeActionTree({ ...source(), owner: "acme-robotics" }, "intake", release());
  expect(read("README.md")).toContain(
    "uses: acme-robotics/intake@v1.0.0\nuses: acme-robotics/dispatch@v1.2.0\n",
  );
  expect(read("action.yml")).toBe("description: Before `acme-robotics/dispatch`.");
  expect(read("recipes/task/recipe.yml")).toBe(
    "# acme-robotics/patchpilot/.github/workflows/repair.yml@v1.4.0",
  );
});

test("a bundle is not rewritten", () => {
  write("actions/intake/dist/notes.md", "patchpilot/intake@v1");
  writeActionTree({ ...source(), owner: "acme-robotics" }, "intake", release());
  expect(read("dist/notes.md")).toBe("patchpilot/intake@v1");
});

test("the README ends with the command that prints the commit to pin", () => {
  writeActionTree({ ...source(), owner: "acme-robotics" }, "intake", release());
  expect(read("README.md")).toContain(
    "\ngit ls-remote https://github.com/acme-robotics/intake refs/tags/v1.0.0\n",
  );
});

test("without a bundle there is no release", () => {
  rmSync(join(repository, "actions/intake/dist"), { recursive: true });
  expect(() => writeActionTree(source(), "intake", release())).toThrow(
    "dist is missing; run `npm run generate`",
  );
});
