import { beforeEach, describe, expect, it, vi } from "vitest";
import { CONFIGURATION_PATH, configurationText, parseConfiguration } from "./configuration.ts";
import type { Configuration } from "./read-inputs.ts";
import { environmentOf } from "./testing/every-input.ts";
import { makeScratchFolder } from "./testing/folder.ts";

let temporaryFolder: string;
beforeEach(() => {
  temporaryFolder = makeScratchFolder();
});

const job = (changes = {}) => environmentOf({ temporaryFolder, ...changes });
async function parse(text: string): Promise<Configuration> {
  const { configuration, faults } = await parseConfiguration(text);
  expect(faults).toEqual([]);
  return configuration;
}
const fileWith = (text: string | undefined) => vi.fn(async (_path: string) => text);

describe("the configuration file", () => {
  it("is read from its one place", async () => {
    const readFile = fileWith("limit: 7\n");
    expect(await configurationText(job(), readFile)).toBe("limit: 7\n");
    expect(readFile).toHaveBeenCalledExactlyOnceWith(CONFIGURATION_PATH);
  });

  it("gives values by the names of inputs", async () => {
    expect(await parse("limit: 7\nfiles: [a, b]\n")).toEqual({ limit: 7, files: ["a", "b"] });
  });

  it("may be absent", async () => {
    expect(await configurationText(job(), fileWith(undefined))).toBe("");
  });

  it.each(["", "\n", "\uFEFF", "# only a comment\n", "---\n"])("may be empty: %j", async (text) => {
    expect(await parse(text)).toEqual({});
  });

  it("may begin with a byte order mark", async () => {
    expect(await parse("\uFEFFlimit: 7\n")).toEqual({ limit: 7 });
  });

  it.each(["__proto__", "constructor", "1", "true", "<<"])(
    "takes %s for a name like any other",
    async (name) => {
      expect(Object.keys(await parse(`${name}: x\n`))).toEqual([name]);
    },
  );

  it.each<[string, RegExp]>([
    ["- a\n- b\n", /must be a list of `name: value` lines/],
    ["just text\n", /must be a list of `name: value` lines/],
    ["7\n", /must be a list of `name: value` lines/],
    ["a: [1\n", /cannot be read as YAML: .+ at line/],
    ["a: b: c\n", /cannot be read as YAML: .+ at line/],
    ["a:\n\tb: c\n", /cannot be read as YAML: .+ at line/],
    ["a: 1\nb: 2\na: 3\n", /cannot be read as YAML: it has one name twice, the second time in line 3/],
    ["a: 1\n---\nb: 2\n", /cannot be read as YAML: it has more than one document/],
    ["a: !env NAME\n", /cannot be read as YAML: Unresolved tag: !env at line 1/],
    ["a: &x [1]\nb: *x\n", /refers to another place by `\*x`; write the value itself/],
    ["a: &x {limit: 1}\nb:\n  <<: *x\n", /refers to another place by `\*x`; write the value itself/],
  ])("is refused in one sentence if it is %j", async (text, why) => {
    const { configuration, faults } = await parseConfiguration(text);
    expect(configuration).toEqual({});
    expect(faults.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(why)]);
    expect(faults[0]?.sentence).toMatch(/^\.github\/patchpilot\.yml [^\n]+\.$/);
  });
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
