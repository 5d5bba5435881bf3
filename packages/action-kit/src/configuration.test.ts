import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONFIGURATION_PATH, configurationText, parseConfiguration } from "./configuration.ts";
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
    const readFile = fileWith("limit: 7\n");
    expect(await configurationText(job(), readFile)).toBe("limit: 7\n");
    expect(readFile).toHaveBeenCalledExactlyOnceWith(CONFIGURATION_PATH);
  });

  it("gives values by the names of inputs", async () => {
    expect(await parseConfiguration("limit: 7\nfiles: [a, b]\n")).toEqual({ limit: 7, files: ["a", "b"] });
  });

  it("may be absent", async () => {
    expect(await configurationText(job(), fileWith(undefined))).toBe("");
  });

  it.each(["", "\n", "# only a comment\n"])("may be empty: %j", async (text) => {
    expect(await parseConfiguration(text)).toEqual({});
  });

  it.each(["- a\n- b\n", "just text\n", "7\n"])("refuses %j, which holds no names", async (text) => {
    await expect(parseConfiguration(text)).rejects.toThrow(/^\.github\/patchpilot\.yml must be a list/);
  });

  it.each(["a: [1\n", "a: b: c\n", "a: 1\na: 2\n", "a: &x [1]\nb: *x\n"])(
    "names itself where its YAML is broken: %j",
    async (text) => {
      await expect(parseConfiguration(text)).rejects.toThrow(
        /^\.github\/patchpilot\.yml cannot be read as YAML: .+\.$/,
      );
    },
  );
});

describe("a chain of actions in one job", () => {
  it("asks for the file once", async () => {
    const readFile = fileWith("limit: 7\n");
    await configurationText(job(), readFile);
    expect(await configurationText(job(), readFile)).toBe("limit: 7\n");
    expect(readFile).toHaveBeenCalledTimes(1);
  });

  it("remembers that there is no file", async () => {
    const readFile = fileWith(undefined);
    await configurationText(job(), readFile);
    await configurationText(job(), readFile);
    expect(readFile).toHaveBeenCalledTimes(1);
  });

  it.each([{ runId: "101" }, { runAttempt: 2 }, { repository: "acme/other" }])(
    "asks again in another job: %j",
    async (change) => {
      const readFile = fileWith("limit: 7\n");
      await configurationText(job(), readFile);
      await configurationText(job(change), readFile);
      expect(readFile).toHaveBeenCalledTimes(2);
    },
  );

  it("asks each time where the job has no folder for it", async () => {
    const readFile = fileWith("limit: 7\n");
    await configurationText(environmentOf(), readFile);
    await configurationText(environmentOf(), readFile);
    expect(readFile).toHaveBeenCalledTimes(2);
  });
});
