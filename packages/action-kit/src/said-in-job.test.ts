import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { firstTimeInJob } from "./said-in-job.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "patchpilot-said-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const job = (changes: object = {}) => ({ temporaryFolder: folder, runId: "1", runAttempt: 1, ...changes });

it("is the first time once for each text", () => {
  expect(["a", "a", "b", "b"].map((text) => firstTimeInJob(text, job()))).toEqual([true, false, true, false]);
});

it("begins anew with a re-run on a machine that kept its temporary folder", () => {
  expect([firstTimeInJob("a", job()), firstTimeInJob("a", job({ runAttempt: 2 }))]).toEqual([true, true]);
});

it.each(["", "/no/such/folder"])("is always the first time in the folder %j", (temporaryFolder) => {
  expect([1, 2].map(() => firstTimeInJob("a", job({ temporaryFolder })))).toEqual([true, true]);
});
