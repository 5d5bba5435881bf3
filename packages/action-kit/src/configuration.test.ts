import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONFIGURATION_PATH, readConfiguration } from "./configuration.ts";
import { environmentOf } from "./testing/every-input.ts";

let temporaryFolder: string;
beforeEach(() => {
  temporaryFolder = mkdtempSync(join(tmpdir(), "patchpilot-configuration-"));
});
afterEach(() => rmSync(temporaryFolder, { recursive: true, force: true }));

const job = (changes = {}) => environmentOf({ temporaryFolder, ...changes });
const fileWith = (text: string | undefined) => vi.fn(async (_path: string) => text);

describe("the configuration file", () => {
  it("is read from its one place", async () => {
    const readFile = fileWith("limit: 7\nfiles: [a, b]\n");
    expect(await readConfiguration(job(), readFile)).toEqual({ limit: 7, files: ["a", "b"] });
    expect(readFile).toHaveBeenCalledExactlyOnceWith(CONFIGURATION_PATH);
  });

  it.each([undefined, "", "\n", "# only a comment\n"])("may be absent or empty: %j", async (text) => {
    expect(await readConfiguration(job(), fileWith(text))).toEqual({});
  });

  it.each(["- a\n- b\n", "just text\n", "7\n"])("refuses %j, which holds no names", async (text) => {
    await expect(readConfiguration(job(), fileWith(text))).rejects.toThrow(
      /^\.github\/patchpilot\.yml must be a list/,
    );
  });

  it.each(["a: [1\n", "a: b: c\n", "a: 1\na: 2\n", "a: &x [1]\nb: *x\n"])(
    "names itself where its YAML is broken: %j",
    async (text) => {
      await expect(readConfiguration(job(), fileWith(text))).rejects.toThrow(
        /^\.github\/patchpilot\.yml cannot be read as YAML: .+\.$/,
      );
    },
  );
});

describe("a chain of actions in one job", () => {
  it("asks for the file once", async () => {
    const readFile = fileWith("limit: 7\n");
    await readConfiguration(job(), readFile);
    expect(await readConfiguration(job(), readFile)).toEqual({ limit: 7 });
    expect(readFile).toHaveBeenCalledTimes(1);
  });

  it("remembers that there is no file", async () => {
    const readFile = fileWith(undefined);
    await readConfiguration(job(), readFile);
    await readConfiguration(job(), readFile);
    expect(readFile).toHaveBeenCalledTimes(1);
  });

  it.each([{ runId: "101" }, { runAttempt: 2 }, { repository: "acme/other" }])(
    "asks again in another job: %j",
    async (change) => {
      const readFile = fileWith("limit: 7\n");
      await readConfiguration(job(), readFile);
      await readConfiguration(job(change), readFile);
      expect(readFile).toHaveBeenCalledTimes(2);
    },
  );

  it("asks each time where the job has no folder for it", async () => {
    const readFile = fileWith("limit: 7\n");
    await readConfiguration(environmentOf(), readFile);
    await readConfiguration(environmentOf(), readFile);
    expect(readFile).toHaveBeenCalledTimes(2);
  });
});
