import { beforeEach, expect, it } from "vitest";
import { firstTimeInJob } from "./said-in-job.ts";
import { makeScratchFolder } from "./testing/folder.ts";

let folder: string;
beforeEach(() => {
  folder = makeScratchFolder();
});
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
