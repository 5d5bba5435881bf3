import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPOSITORY } from "../src/repository.ts";
import { copyRepository, setVersions } from "./support/copy-repository.ts";

const copy = mkdtempSync(join(tmpdir(), "release-version-"));
const git = testGit(copy);

beforeAll(() => {
  copyRepository(copy);
  for (const modules of globSync("{.,actions/*,packages/*,packages/rig/*}/node_modules", { cwd: REPOSITORY }))
    symlinkSync(join(REPOSITORY, modules), join(copy, modules));
  rmSync(join(copy, ".changeset"), { recursive: true });
  mkdirSync(join(copy, ".changeset"));
  cpSync(join(REPOSITORY, ".changeset/config.json"), join(copy, ".changeset/config.json"));
  setVersions(copy, "1.0.0");
  git(["init", "--quiet"]);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const manifest = (folder: string) =>
  JSON.parse(readFileSync(join(copy, folder, "package.json"), "utf8")) as { name: string; version?: string };

const folders = (pattern: string) =>
  globSync(`${pattern}/package.json`, { cwd: copy })
    .map((path) => dirname(path))
    .sort();

/** Commits a changeset, as every change does, and runs the command. */
function raise(front: string) {
  writeFileSync(join(copy, ".changeset/change.md"), `---\n${front}\n---\n\nSomething new.\n`);
  git(["add", "--all", "--", ":!node_modules", ":!**/node_modules"]);
  git(["commit", "--quiet", "--message", "change"]);
  const script = join(copy, "packages/build/src/release-version.ts");
  return spawnSync(process.execPath, ["--conditions=source", script], { cwd: copy, encoding: "utf8" });
}

test("a changeset of two actions raises both and the root by the greater raise, and nothing else", () => {
  const { status, stderr } = raise('"@patchpilot/action-intake": minor\n"@patchpilot/action-claim": patch');
  expect([status, stderr]).toEqual([0, ""]);
  const raised = folders("actions/*").filter((folder) => manifest(folder).version !== "1.0.0");
  expect(raised.map((folder) => [folder, manifest(folder).version])).toEqual([
    ["actions/claim", "1.0.1"],
    ["actions/intake", "1.1.0"],
  ]);
  expect(manifest(".").version).toBe("1.1.0");
  expect(globSync("**/CHANGELOG.md", { cwd: copy, exclude: ["**/node_modules"] }).sort()).toEqual([
    "actions/claim/CHANGELOG.md",
    "actions/intake/CHANGELOG.md",
  ]);
  expect(readFileSync(join(copy, "actions/intake/CHANGELOG.md"), "utf8")).toContain("## 1.1.0");
  expect(git(["diff", "--name-only", "--", "*.ts"]).toString().trim().split("\n")).toEqual([
    "actions/claim/src/contract.ts",
    "actions/intake/src/contract.ts",
  ]);
});

test("a changeset that names a package which is not released is refused, and nothing is written", () => {
  const { status, stderr } = raise('"@patchpilot/http": minor');
  expect(stderr).toContain(".changeset/change.md names @patchpilot/http, which is not released itself.");
  expect(status).toBe(1);
  expect(git(["status", "--porcelain", "--untracked-files=no"]).toString()).toBe("");
});

test("no package but an action has a version, which changesets would raise", () => {
  const versioned = [...folders("packages/*"), ...folders("packages/rig/*")].filter(
    (folder) => manifest(folder).version !== undefined,
  );
  expect(versioned).toEqual([]);
});
