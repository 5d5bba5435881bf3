import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Line, Outcome } from "./contract.ts";
import { maskSecrets, reportFailure, reportOutcome } from "./report.ts";
import { type Runner, startRunner } from "./testing/runner.ts";

let runner: Runner;
beforeAll(() => {
  runner = startRunner();
});
beforeEach(() => runner.clear());
afterAll(() => runner.remove());

const outcome = (changes: Partial<Outcome> = {}): Outcome => ({
  outputs: {},
  lines: [],
  summary: "",
  ...changes,
});
const say = (level: Line["level"], text: string, secrets: readonly string[] = []) =>
  reportOutcome(outcome({ lines: [{ level, text }] }), { secrets });

describe("outputs", () => {
  it("are texts as they are and everything else as JSON", async () => {
    await reportOutcome(outcome({ outputs: { key: "pp-7-1-a1", issues: [1, 2], proceed: false } }), {
      secrets: [],
    });
    expect(runner.outputs()).toMatch(/key<<.*\npp-7-1-a1\n/);
    expect(runner.outputs()).toMatch(/issues<<.*\n\[1,2\]\n/);
    expect(runner.outputs()).toMatch(/proceed<<.*\nfalse\n/);
  });

  it("are set although the run fails", async () => {
    await reportOutcome(outcome({ outputs: { count: 3 }, failure: "Nothing could be done." }), {
      secrets: [],
    });
    expect(runner.outputs()).toMatch(/count<<.*\n3\n/);
    expect(runner.log()).toContain("::error::Nothing could be done.");
    expect(process.exitCode).toBe(1);
  });

  it("leave the exit code alone where nothing failed", async () => {
    await reportOutcome(outcome({ outputs: { count: 3 } }), { secrets: [] });
    expect(process.exitCode).toBe(0);
  });
});

/** Whether the runner would obey a line: see ActionCommand.cs, TryParseV2 and TryParse. */
const isCommand = (line: string): boolean => /^[\s\u0085]*::/.test(line) || line.includes("##[");

describe("log lines", () => {
  it.each([
    "::add-mask::x",
    "harmless\n::stop-commands::token",
    "  ::set-output name=proceed::true",
    "\t\u00a0\u0085::error::x",
    "a\r\n::error::x",
    "a\r::error::x",
    "text ##[add-path]/tmp",
    "::::",
  ])("cannot forge a workflow command: %j", async (text) => {
    await say("info", text);
    expect(runner.log()).not.toBe("");
    expect(
      runner
        .log()
        .split(/\r\n|\r|\n/)
        .filter(isCommand),
    ).toEqual([]);
  });

  it.each(["notice", "warning", "error"] as const)("stay one command as %s", async (level) => {
    await say(level, "first\n::stop-commands::token");
    expect(runner.log()).toBe(`::${level}::first%0A::stop-commands::token\n`);
  });

  it("keep a double colon inside of a line", async () => {
    await say("info", "std::vector");
    expect(runner.log()).toBe("std::vector\n");
  });

  it("hide secrets, also one that begins like another", async () => {
    await say("info", "token abcd-efgh and abcd.", ["abcd", "abcd-efgh"]);
    expect(runner.log()).toBe("token *** and ***.\n");
  });
});

describe("the step summary", () => {
  it("holds no secret", async () => {
    await reportOutcome(outcome({ summary: "GitHub said: bad token ghs_1234" }), { secrets: ["ghs_1234"] });
    expect(runner.summary()).toBe("GitHub said: bad token ***\n");
  });

  it("stays under GitHub's limit, counted in bytes, and breaks no character", async () => {
    await reportOutcome(outcome({ summary: `a${"é".repeat(600_000)}` }), { secrets: [] });
    expect(Buffer.byteLength(runner.summary())).toBeLessThanOrEqual(1_000_001);
    expect(runner.summary()).not.toContain("\ufffd");
  });

  it("is left alone where there is nothing to say", async () => {
    await reportOutcome(outcome(), { secrets: [] });
    expect(runner.summary()).toBe("");
  });
});

describe("masking", () => {
  it("hides each line of a secret from the log", () => {
    maskSecrets(["first line\nsecond%line\n"]);
    expect(runner.log()).toBe("::add-mask::first line\n::add-mask::second%25line\n");
  });
});

describe("a failure", () => {
  it("is one sentence without its stack", async () => {
    await reportFailure(new Error("The key ghs_1234 is wrong."), { secrets: ["ghs_1234"] });
    expect(runner.log()).toBe("::error::The key *** is wrong.\n");
    expect(process.exitCode).toBe(1);
  });

  it("may be anything that was thrown", async () => {
    await reportFailure("odd", { secrets: [] });
    expect(runner.log()).toBe("::error::odd\n");
  });
});
