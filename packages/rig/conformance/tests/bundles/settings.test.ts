import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { permissionsWhen } from "../../worlds/permissions-of.ts";
import { live } from "../../worlds/providers.ts";
import { readComments, readLabels, readPhase } from "../../worlds/scenario.ts";
import type { TestWorld } from "../../worlds/world.ts";
import { listSteps, openReadmeStage, type ReadmeStage } from "./support/open-readme-stage.ts";
import { readAnnotations, runBundle } from "./support/run-bundle.ts";
import { SUBJECTS, type TriedBundle } from "./support/stages.ts";

const configure = ({ world }: TestWorld, text: string): void =>
  void world.as("maya").push({
    branch: "main",
    message: "Configure PatchPilot",
    files: { ".github/patchpilot.yml": text },
  });

const operationsOf = ({ simulator }: TestWorld, from = 0): string[] =>
  simulator.requests.slice(from).map(({ operation }) => operation);

const THE_FILE = ["repos/get-content"];
const DISPATCH = "repos/create-dispatch-event";

/** Runs a bundle with a file, and with more under `with:`. */
async function runWith(action: string, text: string, more: Readonly<Record<string, string>> = {}) {
  const { contract, prepare } = SUBJECTS[action] as TriedBundle;
  const stage = await prepare();
  configure(stage.world, text);
  const before = stage.world.simulator.requests.length;
  // `impact` does without the file if its job may not read it.
  const permissions = { contents: "read", ...permissionsWhen(contract, "`key`") } as const;
  const run = { ...stage.run, permissions, inputs: { ...stage.run.inputs, ...more } };
  const step = await runBundle(stage.world, contract, run);
  await stage.close?.();
  return {
    outcome: step.outcome,
    errors: readAnnotations(step, "error"),
    asked: operationsOf(stage.world, before),
  };
}

describe.concurrent.each(Object.keys(SUBJECTS))("the bundle of %s", (action) => {
  test("refuses all that is wrong under `with:` and in the file at once, having asked for nothing else", async () => {
    const wrong = { "dry-rum": "true", issues: "[x]" };
    const { outcome, errors, asked } = await runWith(action, "autonmy: observe\n", wrong);
    expect(errors).toEqual([
      expect.stringMatching(/^3 inputs are wrong\. `dry-rum` under .*`dry-run`.*`autonmy`.*Input `issues`/),
    ]);
    expect([outcome, asked]).toEqual(["failure", THE_FILE]);
  });

  test("takes a file with sections of others, and of actions that it does not know", async () => {
    const text = "triage:\n  limit: 3\n  new-key: x\nclaim:\nenvironment: production\n";
    const { outcome, errors } = await runWith(action, text);
    expect([outcome, errors]).toEqual(["success", []]);
  });
});

describe.concurrent("the bundle of dispatch", () => {
  test.each([
    ["a misspelt key", "autonmy: observe\n", /`autonmy` .* should be `autonomy`\./],
    ["a misspelt key in its section", "dispatch:\n  autonmy: observe\n", /`autonmy` .* be `autonomy`\./],
    ["a misspelt section", "dispach:\n  autonomy: observe\n", /`dispach` .* the section `dispatch`\./],
    ["a value that nothing fills in", 'sentry-org: "${ORG}"\n', /`sentry-org: \$\{\{ vars\.ORG \}\}`/],
    ["a secret", "npm-token: hunter2-hunter2\n", /^One input is wrong\. `npm-token` .* is a secret/],
    ["broken YAML", "autonomy: [observe\n", /cannot be read as YAML/],
  ])("refuses %s in the file, and dispatches nothing", async (_, text, told) => {
    const { outcome, errors, asked } = await runWith("dispatch", text);
    expect(errors).toEqual([expect.stringMatching(told)]);
    expect(errors.join()).not.toContain("hunter2");
    expect([outcome, asked]).toEqual(["failure", THE_FILE]);
  });

  test("dispatches where the file is right", async () => {
    const { outcome, asked } = await runWith("dispatch", "autonomy: plan\n");
    expect([outcome, asked.filter((operation) => operation === DISPATCH)]).toEqual(["success", [DISPATCH]]);
  });
});

describe("the README's workflow", () => {
  let stage: ReadmeStage;
  beforeEach(async () => {
    stage = await openReadmeStage();
  });
  afterEach(async () => {
    await stage.close();
    assertNoViolations(stage.test.simulator);
  });
  const crash = (): void => {
    const now = stage.test.clock.now();
    live(stage.sentry, { from: now - 3_600_000, until: now, release: "shop@1", crashEvery: 5 });
  };
  const dispatched = (): string[] => operationsOf(stage.test).filter((operation) => operation === DISPATCH);

  test("dispatches nothing, and records nothing, while a setting is misspelt", async () => {
    configure(stage.test, "autonmy: observe\n");
    const [run] = await stage.awaitRuns(crash);
    expect(listSteps(run)).toEqual(["intake failure", "impact skipped", "dispatch skipped"]);
    const [tick] = await stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
    // `perf-scan` and `impact` have `continue-on-error`.
    expect(listSteps(tick)).toEqual([
      "doctor skipped",
      "intake failure",
      "perf-scan success",
      "impact success",
      "dispatch failure",
      "verify-recovery failure",
      "dispatch failure",
    ]);
    expect([dispatched(), readLabels(stage.test, 1), readComments(stage.test, 1)]).toEqual([[], [], ""]);
  });

  test("only looks on where the setting is spelt right, also in a section", async () => {
    configure(stage.test, "autonomy: draft-pr\ndispatch:\n  autonomy: observe\nintake:\n  limit: 3\n");
    const [run] = await stage.awaitRuns(crash);
    expect(listSteps(run)).toEqual(["intake success", "impact success", "dispatch success"]);
    expect([dispatched(), readPhase(stage.test, 1)]).toEqual([[], "accepted"]);
  });

  test("dispatches where nothing is set", async () => {
    await stage.awaitRuns(crash);
    expect(dispatched()).toHaveLength(1);
  });
});
