import { describe, expect, test } from "vitest";
import { readTrialCommand, trialHelp } from "../../try/command-line.ts";
import { TRIALS } from "../../try/scenarios.ts";
import { tryAction } from "../../try/try-action.ts";

const sentenceOf = (...args: string[]): string | undefined => {
  const command = readTrialCommand(args);
  return command.kind === "wrong" ? command.sentence : undefined;
};

/** Each action once, in the last scenario that has it. */
const trials = new Map(
  Object.entries(TRIALS).flatMap(([scenario, { actions }]) =>
    Object.entries(actions).map(([action, prepare]) => [action, { scenario, action, prepare }] as const),
  ),
).values();

describe.concurrent("npm run try", () => {
  test.each([...trials])(
    "runs $action from its sources in the scenario $scenario",
    async ({ action, prepare }) => {
      const { step, changes } = await tryAction({ action, prepare, inputs: {}, isInspected: false });
      expect([step.outcome, step.log.filter((line) => line.startsWith("##[error]"))]).toEqual([
        "success",
        [],
      ]);
      expect(Object.keys(step.outputs)).not.toEqual([]);
      const isWriting = action !== "claim" && action !== "doctor";
      expect(changes.length > 0).toBe(isWriting);
    },
  );

  test("shows what a reader sees of the comment, without its record", async () => {
    const prepare = TRIALS["crash"]?.actions["intake"] ?? expect.fail("There is no such scenario.");
    const { changes } = await tryAction({ action: "intake", prepare, inputs: {}, isInspected: false });
    const comment = changes.find(([name]) => name.startsWith("Comment"))?.[1];
    expect(comment).toMatch(/^### 🟡 Accepted, a repair comes next/u);
    expect(comment).not.toContain("<!--");
  });

  test("passes inputs over those of the scenario", async () => {
    const prepare = TRIALS["crash"]?.actions["intake"] ?? expect.fail("There is no such scenario.");
    const inputs = { "dry-run": "true" };
    const { changes } = await tryAction({ action: "intake", prepare, inputs, isInspected: false });
    expect(changes).toEqual([]);
  });
});

describe("the arguments of npm run try", () => {
  test("take the first scenario that has the action", () => {
    expect(readTrialCommand(["perf-scan"])).toMatchObject({ kind: "try", scenario: "slow" });
  });

  test("keep an equals sign in the value of an input", () => {
    expect(readTrialCommand(["intake", "--with", "a=b=c"])).toMatchObject({ inputs: { a: "b=c" } });
  });

  test.each([
    [["repair"], "repair runs an agent on a checkout and asks no service."],
    [
      ["perf-scan", "--scenario", "crash"],
      "perf-scan has nothing to do in the scenario crash. Try it with slow.",
    ],
    [
      ["intake", "--scenario", "constructor"],
      'There is no scenario "constructor"; there are crash, task, slow.',
    ],
    [["intaek"], 'There is no action "intaek"; there are claim, '],
    [[], "Name one action, such as `npm run try -- intake`."],
    [["intake", "claim"], "Name one action, such as `npm run try -- intake`."],
    [["intake", "--with", "limit"], '--with takes NAME=VALUE, not "limit".'],
    [["intake", "--limit"], "Unknown option '--limit'"],
  ])("%j are refused with a sentence that says what to write", (args, sentence) => {
    expect(sentenceOf(...args)).toContain(sentence);
  });

  test("are listed with every scenario", () => {
    for (const name of Object.keys(TRIALS)) expect(trialHelp()).toContain(`  ${name} `);
  });
});
