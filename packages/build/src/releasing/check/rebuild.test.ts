import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Released } from "../released/read-released.ts";
import { rebuild, selectEnvironment } from "./rebuild.ts";

let folder: string;
let git: TestGit;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rebuild-"));
  git = testGit(source());
  mkdirSync(source());
  git(["init", "--quiet", "--initial-branch=main"]);
});
afterEach(() => rmSync(folder, { recursive: true }));

const source = () => join(folder, "origin");
const writeRelease = `
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
const [action, target] = process.argv.slice(2);
mkdirSync(target);
writeFileSync(target + "/action.yml", "name: " + action);
cpSync("built", target + "/index.js");
chmodSync(target + "/index.js", 0o755);
`;

/** Commits a small source whose tools do what ours do, in names. */
function commit(scripts: Readonly<Record<string, string>>): string {
  const files = {
    "package.json": JSON.stringify({ name: "small", scripts }),
    "packages/build/src/release-tree.ts": writeRelease,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source(), path)), { recursive: true });
    writeFileSync(join(source(), path), text);
  }
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message", "x"]);
  return git(["rev-parse", "HEAD"]).toString().trim();
}

const released = (sha: string): Released => ({
  commit: "c".repeat(40),
  action: "intake",
  version: "1.0.0",
  source: { repository: "acme/patchpilot", commit: sha },
  distSha256: "",
  files: [],
});
const build = (sha: string) => {
  const work = mkdtempSync(join(folder, "work-"));
  return rebuild(released(sha), source(), work, process.env);
};

/** The clone brings its own Node. */
const GOOD = {
  setup: `mkdir -p node_modules/.bin && ln -s '${process.execPath}' node_modules/.bin/node && echo ready > ready`,
  build: "cat ready > built",
};

test("a release is built by what its commit says, and not by what came after", async () => {
  const sha = commit(GOOD);
  commit({ ...GOOD, build: "echo other > built" });
  expect(await build(sha)).toMatchObject([
    { path: "action.yml", mode: "100644" },
    { path: "index.js", mode: "100755", sha256: createHash("sha256").update("ready\n").digest("hex") },
  ]);
});

test("of a commit that is not on main nothing is run", async () => {
  commit(GOOD);
  git(["checkout", "--quiet", "-b", "fork"]);
  const sha = commit({ ...GOOD, setup: "exit 1" });
  git(["checkout", "--quiet", "main"]);
  await expect(build(sha)).rejects.toThrow(
    /^The commit \w{40} is not on main of file:.*nothing of it is run/,
  );
});

test("a step that fails is named, with what it printed", async () => {
  const sha = commit({ ...GOOD, build: "echo broken >&2; exit 1" });
  await expect(build(sha)).rejects.toThrow(
    /^`npm run --silent build` failed in a clone of the source:\n.*broken/s,
  );
});

test("a build sees no token, and the clone's tools instead of this checkout's", () => {
  const machine = {
    PATH: "/work/patchpilot/node_modules/.bin:/usr/bin",
    HOME: "/home/a",
    GITHUB_TOKEN: "x",
    npm_config__authToken: "x",
  };
  expect(selectEnvironment(machine, "/tmp/clone")).toEqual({
    PATH: "/tmp/clone/node_modules/.bin:/usr/bin",
    HOME: "/home/a",
  });
});
