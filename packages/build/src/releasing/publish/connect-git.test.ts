import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectGit, parseRefs } from "./connect-git.ts";
import { LostReply } from "./lost-reply.ts";

const [ONE, OTHER] = ["1".repeat(40), "2".repeat(40)];

test("full versions and lines are read, and no peeled tag or other name", () => {
  const names = [
    "v1.0.0",
    "v1.1.0-rc.1",
    "v1",
    "v1.0",
    "v1.0.0^{}",
    "version-1.0.0",
    "v1.0.0.1",
    "v01.0.0",
    "vx",
  ];
  const lines = [`${OTHER}\trefs/heads/main`, ...names.map((name) => `${ONE}\trefs/tags/${name}`)];
  expect(parseRefs(`${lines.join("\n")}\n`)).toEqual({
    main: OTHER,
    versions: { "1.0.0": ONE, "1.1.0-rc.1": ONE },
    lines: { v1: ONE, "v1.0": ONE },
  });
});

test("a tag is moved from where it was read, and from nowhere else", async () => {
  const { push, moveTags, readRefs } = connect();
  await push("far", commit, ["refs/heads/main", "refs/tags/v1.0.0"]);
  await moveTags("far", [
    { tag: "v1", to: commit },
    { tag: "v1.0", to: commit },
  ]);
  testGit(join(folder, "near"))(["commit", "--quiet", "--allow-empty", "--message", "two"]);
  const next = testGit(join(folder, "near"))(["rev-parse", "HEAD"]).toString().trim();
  const stale = [
    { tag: "v1", from: commit, to: next },
    { tag: "v1.0", from: OTHER, to: next },
  ];
  await expect(moveTags("far", stale)).rejects.toThrow(/^Somebody else moved tags of .* Run this again\.$/);
  expect((await readRefs("far")).lines).toEqual({ v1: commit, "v1.0": commit });
  await moveTags("far", [{ tag: "v1", from: commit, to: next }]);
  expect((await readRefs("far")).lines).toEqual({ v1: next, "v1.0": commit });
});

test("an empty repository has no main and no version", () => {
  expect(parseRefs("")).toEqual({ versions: {}, lines: {} });
});

let folder: string;
let commit: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "connect-git-"));
  testGit(folder)(["init", "--quiet", "--bare", "far"]);
  testGit(folder)(["init", "--quiet", "--initial-branch=main", "near"]);
  testGit(join(folder, "near"))(["commit", "--quiet", "--allow-empty", "--message", "one"]);
  commit = testGit(join(folder, "near"))(["rev-parse", "HEAD"]).toString().trim();
});

afterEach(() => rmSync(folder, { recursive: true }));

const connect = () => {
  const place = { cwd: join(folder, "near"), path: process.env["PATH"] ?? "" };
  return connectGit(place, { prefix: `${pathToFileURL(folder).href}/` });
};

test("a push sets all refs, and what was there before is not moved backward", async () => {
  await connect().push("far", commit, ["refs/heads/main", "refs/tags/v1.0.0"]);
  expect(await connect().readRefs("far")).toEqual({
    main: commit,
    versions: { "1.0.0": commit },
    lines: {},
  });
  const near = testGit(join(folder, "near"));
  near(["checkout", "--quiet", "--orphan", "other"]);
  near(["commit", "--quiet", "--allow-empty", "--message", "two"]);
  const other = near(["rev-parse", "HEAD"]).toString().trim();
  await expect(connect().push("far", other, ["refs/heads/main", "refs/tags/v2.0.0"])).rejects.toThrow(
    /refused the push: ! \[rejected\] .*Check its rulesets and what the token may do/,
  );
  expect(await connect().readRefs("far")).toEqual({
    main: commit,
    versions: { "1.0.0": commit },
    lines: {},
  });
});

test("a push that a rule refuses says why, and is not taken for a lost one", async () => {
  const hook = "#!/bin/sh\necho 'GH013: Repository rule violations found' >&2\nexit 1\n";
  writeFileSync(join(folder, "far/hooks/pre-receive"), hook, { mode: 0o755 });
  const failure = await connect()
    .push("far", commit, ["refs/heads/main"])
    .catch((error: Error) => error);
  expect(failure).not.toBeInstanceOf(LostReply);
  expect(failure).toMatchObject({
    message: expect.stringContaining("GH013: Repository rule violations found"),
  });
});

test("of a push that finds nobody nobody knows what became", async () => {
  await expect(connect().push("gone", commit, ["refs/heads/main"])).rejects.toBeInstanceOf(LostReply);
});
