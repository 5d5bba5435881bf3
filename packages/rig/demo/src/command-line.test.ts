import { expect, test } from "vitest";
import { helpText, readCommand } from "./command-line.ts";
import { DEMO_SCENARIOS } from "./story/scenarios.ts";

test("without arguments the recovery is played", () => {
  expect(readCommand([])).toEqual({
    kind: "play",
    scenario: "recovered",
    seed: 1,
    ticks: 0,
    json: undefined,
    out: undefined,
    open: false,
  });
});

test("every scenario can be asked for, and the help names it", () => {
  for (const name of Object.keys(DEMO_SCENARIOS)) {
    expect(readCommand([name])).toMatchObject({ kind: "play", scenario: name });
    expect(readCommand(["--scenario", name])).toMatchObject({ kind: "play", scenario: name });
    expect(helpText()).toContain(`  ${name} `);
  }
});

test("the browser opens if it is asked for", () => {
  expect(readCommand(["--open"])).toMatchObject({ kind: "play", open: true });
});

test.each([
  [["--scenario", "happy"], 'There is no scenario "happy"; there are recovered, repeated, no-fix'],
  [["--scenario", "toString"], 'There is no scenario "toString"'],
  [["--seed", "x"], '--seed takes a whole number, not "x".'],
  [["--seed", ""], '--seed takes a whole number, not "".'],
  [["--ticks", "x"], '--ticks takes a whole number up to 999, not "x".'],
  [["--colour"], "Unknown option '--colour'"],
  [["happy"], 'There is no scenario "happy"'],
  [["slow", "forged"], 'Name one scenario, not "slow forged".'],
])("%j is answered with one clear sentence", (args, sentence) => {
  const command = readCommand(args);
  expect(command).toMatchObject({ kind: "wrong" });
  expect(command.kind === "wrong" && command.sentence).toContain(sentence);
});
