import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { testGit } from "@patchpilot/git/testing";
import { beforeEach, expect, test } from "vitest";
import { committedFiles, shippedFiles } from "./recipe-files.ts";

let folder: string;
beforeEach(() => {
  folder = makeScratchFolder();
});

const git = (...args: readonly string[]): string => testGit(folder)(args).toString("utf8");

function commit(): string {
  git("add", "--all");
  git("commit", "--quiet", "--message=change");
  return git("rev-parse", "HEAD").trim();
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test("a recipe is what the base commit holds, whatever stands in the work tree or was committed since", async () => {
  git("init", "--quiet");
  write(".patchpilot/recipes/tidy/implement.md", "the approved text\n");
  const base = commit();
  write(".patchpilot/recipes/tidy/implement.md", "a newer text\n");
  commit();
  write(".patchpilot/recipes/tidy/implement.md", "an agent's text\n");
  const read = committedFiles(async (args) => git(...args), base);
  expect(await read(".patchpilot/recipes/tidy/implement.md")).toBe("the approved text\n");
  expect(await read(".patchpilot/recipes/tidy/fix.md")).toBeUndefined();
});

test("a link or a folder in the place of a file counts as none", async () => {
  git("init", "--quiet");
  write(".patchpilot/recipes/tidy/plan.md/inside.md", "x\n");
  symlinkSync("/etc/hostname", join(folder, ".patchpilot/recipes/tidy/fix.md"));
  const read = committedFiles(async (args) => git(...args), commit());
  expect(await read(".patchpilot/recipes/tidy/fix.md")).toBeUndefined();
  expect(await read(".patchpilot/recipes/tidy/plan.md")).toBeUndefined();
});

test("the shipped recipes are found from the bundle's folder as from the sources", async () => {
  write("recipes/task/recipe.yml", "name: task\n");
  mkdirSync(join(folder, "dist"));
  expect(await shippedFiles(join(folder, "dist"))("task/recipe.yml")).toBe("name: task\n");
});

test("a release without its recipes says so", () => {
  expect(() => shippedFiles(folder)).toThrow("The recipes that belong to this action are missing");
});
