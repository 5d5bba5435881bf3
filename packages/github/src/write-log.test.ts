import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWriteLog } from "./write-log.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "writes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stepOf = (runId: string, temporaryFolder = folder) =>
  openWriteLog({ temporaryFolder, runId, runAttempt: 1 });
const WRITE = { at: 1_000, cost: 20 };

describe("what a job has written", () => {
  it("is known to its next step, and to no other job", () => {
    stepOf("7").add(WRITE);
    expect(stepOf("7").read()).toEqual([WRITE]);
    expect(stepOf("8").read()).toEqual([]);
  });

  it.each(["", "/nowhere/at/all"])(
    "is remembered by the step itself without a folder: %j",
    (temporaryFolder) => {
      const step = stepOf("7", temporaryFolder);
      step.add(WRITE);
      expect(step.read()).toEqual([WRITE]);
    },
  );

  it("is read past lines that it did not write", () => {
    writeFileSync(join(folder, "patchpilot-writes-7-1"), "1000 20\nnonsense\n1000 -5\n\n");
    expect(stepOf("7").read()).toEqual([WRITE]);
  });
});
