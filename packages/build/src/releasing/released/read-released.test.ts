import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeReleaseMessage } from "../commits/release-message.ts";
import { digestDist, digestFiles } from "../trees/tree-digest.ts";
import { readReleasedCommit } from "./read-released.ts";

let folder: string;
let git: TestGit;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "released-"));
  git = testGit(folder);
  git(["init", "--quiet", "--initial-branch=main"]);
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "action.yml"), "name: intake\n");
  writeFileSync(join(folder, "dist/index.js"), "run();\n");
  writeFileSync(join(folder, "dist/program"), "ELF", { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const SOURCE = { repository: "acme/patchpilot", commit: "a".repeat(40) };

const commit = (message: string): string => {
  git(["add", "--all"]);
  git(["commit", "--quiet", "--allow-empty", "--message", message]);
  return git(["rev-parse", "HEAD"]).toString().trim();
};
const message = (dist = digestDist(folder)): string =>
  writeReleaseMessage({ repository: "intake", version: "1.0.0", source: SOURCE, dist });
const read = (ref = "HEAD") => readReleasedCommit({ cwd: folder, path: process.env["PATH"] ?? "" }, ref);

test("a release is read with its files, their modes and its parent", async () => {
  const parent = commit("before");
  const sha = commit(message());
  const modes = ["100644", "100644", "100755"];
  const files = digestFiles(folder).filter(({ path }) => !path.startsWith(".git/"));
  expect(await read()).toEqual({
    commit: sha,
    action: "intake",
    version: "1.0.0",
    source: SOURCE,
    distSha256: digestDist(folder),
    files: files.map((file, at) => ({ ...file, mode: modes[at] })),
    parent,
  });
});

test("the first release has no parent", async () => {
  commit(message());
  expect(await read()).not.toHaveProperty("parent");
});

test("a commit without trailers is refused", async () => {
  commit("intake v1.0.0");
  expect(await read()).toContain("HEAD was made by no release of an action");
});

test("the monorepo's release is none of an action", async () => {
  commit(writeReleaseMessage({ repository: "patchpilot", version: "1.0.0", source: SOURCE }));
  expect(await read()).toContain("HEAD was made by no release of an action");
});

test("a dist with another digest than its commit says is refused", async () => {
  commit(message("b".repeat(64)));
  expect(await read()).toMatch(/^The dist of HEAD is not what its commit says: .* Dist-SHA256 is bbbb/);
});

test("a tree with a link is refused", async () => {
  symlinkSync("index.js", join(folder, "dist/link.js"));
  commit(message());
  expect(await read()).toContain("HEAD is no release: dist/link.js is a link");
});

test("a tag object is refused, and a plain tag is not", async () => {
  commit(message());
  git(["tag", "v1.0.0"]);
  git(["tag", "--annotate", "--message", "x", "v2.0.0"]);
  expect(await read("refs/tags/v1.0.0")).toMatchObject({ version: "1.0.0" });
  expect(await read("refs/tags/v2.0.0")).toContain("refs/tags/v2.0.0 names no commit");
});

test("what is not there is said to be so", async () => {
  commit(message());
  expect(await read("refs/tags/v9.0.0")).toContain("refs/tags/v9.0.0 is not there");
});
