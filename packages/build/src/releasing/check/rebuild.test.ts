import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rebuild, selectEnvironment } from "./rebuild.ts";
import { makeSmallSource, SMALL_RELEASE, type SmallSource } from "./testing/small-source.ts";

let folder: string;
let source: SmallSource;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rebuild-"));
  source = makeSmallSource(join(folder, "origin"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const build = (commit: string) => {
  const released = {
    commit: "c".repeat(40),
    action: "intake",
    version: "1.0.0",
    source: { repository: "acme/patchpilot", commit },
    distSha256: "",
    files: [],
  };
  const work = mkdtempSync(join(folder, "work-"));
  return rebuild(released, join(folder, "origin"), work, process.env);
};

test("a release is built by what its commit says, and not by what came after", async () => {
  const commit = source.commit();
  source.commit({ build: "echo other > built" });
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const files = [
    { path: "action.yml", mode: "100644", sha256: sha256(SMALL_RELEASE["action.yml"]) },
    { path: "dist/index.js", mode: "100755", sha256: sha256(SMALL_RELEASE["dist/index.js"]) },
  ];
  expect(await build(commit)).toEqual({ version: "1.0.0", files });
});

test("of a commit that is not on main nothing is run", async () => {
  source.commit();
  source.git(["checkout", "--quiet", "-b", "fork"]);
  const commit = source.commit({ setup: "exit 1" });
  source.git(["checkout", "--quiet", "main"]);
  await expect(build(commit)).rejects.toThrow(
    /^The commit \w{40} is not on main of file:.*nothing of it is run/,
  );
});

test("a step that fails is named, with what it printed", async () => {
  const commit = source.commit({ build: "echo broken >&2; exit 1" });
  await expect(build(commit)).rejects.toThrow(
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
