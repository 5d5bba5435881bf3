import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { REPAIR_RESULT_LIMIT, repairResult } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { beforeEach, expect, test } from "vitest";
import { sayDiskIsFull } from "../process/disk-full.ts";
import { clearResultFiles, resultText, saveFile } from "./result-files.ts";

let folder = "";
beforeEach(() => {
  folder = makeScratchFolder();
});

test("a file is there as a whole, and nothing beside it", async () => {
  await saveFile(join(folder, "a"), "one");
  await saveFile(join(folder, "a"), "two");
  expect([readdirSync(folder), readFileSync(join(folder, "a"), "utf8")]).toEqual([["a"], "two"]);
});

test("a link that somebody laid is not followed", async () => {
  symlinkSync(join(folder, "victim"), join(folder, "a.tmp"));
  symlinkSync(join(folder, "victim"), join(folder, "a"));
  await saveFile(join(folder, "a"), "one");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("what an earlier step left is gone, but for the patch that `verify` is to read", async () => {
  const products = await clearResultFiles(folder, "work");
  for (const path of Object.values(products)) await saveFile(path, "old");
  await clearResultFiles(folder, "verify");
  expect(readdirSync(join(folder, "patchpilot-repair"))).toEqual(["change.patch"]);
  await clearResultFiles(folder, "work");
  expect(readdirSync(join(folder, "patchpilot-repair"))).toEqual([]);
});

test.each([
  Object.assign(new Error("write"), { code: "ENOSPC" }),
  "fatal: unable to write loose object file: No space left on device",
])("a full disk is told as one sentence", (failure) => {
  expect(() => sayDiskIsFull(failure)).toThrow(/^The disk of this runner is full: /);
});

test("any other failure is left to the caller", () => {
  expect(() => sayDiskIsFull(new Error("ENOENT"))).not.toThrow();
});

const RESULT = makeRepairResult({
  result: "failed",
  reason: "x",
  baseSha: "a".repeat(40),
  turns: 0,
});

test("a result that is too long loses lists before it loses words", () => {
  const files = Array.from({ length: 5000 }, (_, at) => `src/a-rather-long-folder-name/file-${at}.ts`);
  const text = resultText({ ...RESULT, summary: "why", patch: { sha256: "b".repeat(64), bytes: 1, files } });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(REPAIR_RESULT_LIMIT);
  const { summary, patch } = repairResult.parse(JSON.parse(text));
  expect([summary, patch?.files.length]).toEqual(["why", 100]);
});
