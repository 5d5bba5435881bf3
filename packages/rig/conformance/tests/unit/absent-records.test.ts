import type { Outcome } from "@patchpilot/action-kit";
import { nameAction } from "@patchpilot/owner";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { addPostHog, addSentry, POSTHOG_INPUTS, SENTRY_INPUTS } from "../../worlds/providers.ts";
import { type ActionRun, dispatch, impact, proposeAlone, verifyRecovery } from "../../worlds/run-actions.ts";
import { openSlowShop } from "../../worlds/slow-shop.ts";
import { addIncident, createTestWorld, type TestWorld } from "../../worlds/world.ts";

type Run = (test: TestWorld, options: ActionRun) => Promise<Outcome>;

const ACTIONS: Readonly<Record<string, Run>> = {
  impact: (test, { inputs, ...rest }) => {
    addPostHog(test);
    return impact(test, { ...rest, inputs: { ...POSTHOG_INPUTS, ...inputs } });
  },
  "verify-recovery": (test, { inputs, ...rest }) => {
    addSentry(test);
    return verifyRecovery(test, { ...rest, inputs: { ...SENTRY_INPUTS, ...inputs } });
  },
};

const ask = (test: TestWorld): number =>
  test.world.as("maya").openIssue({ title: "Dark mode", body: "Please." }).number;

const notices = ({ lines }: Outcome) =>
  lines.filter(({ level }) => level === "notice").map(({ text }) => text);

describe.each(Object.entries(ACTIONS))("%s alone", (_, run) => {
  const runOn = async (
    prepare: (test: TestWorld) => number | Promise<number>,
    options: (issue: number) => Partial<ActionRun> = (issue) => ({ inputs: { issues: `[${issue}]` } }),
  ) => {
    const world = createTestWorld();
    const issue = await prepare(world);
    const outcome = await run(world, { runId: 1, ...options(issue) });
    assertNoViolations(world.simulator);
    return outcome;
  };

  test.each<[string, (test: TestWorld) => number | Promise<number>, string]>([
    ["carries no record", ask, `has no PatchPilot record. \`${nameAction("intake")}\` writes one`],
    ["does not exist", () => 999, "#999 does not exist"],
    [
      "is a pull request",
      async (world) => Number((await proposeAlone(world, { runId: 7 })).outputs.pr),
      "is a pull request",
    ],
  ])("says once, and in the summary, that an issue %s", async (_, prepare, sentence) => {
    const outcome = await runOn(prepare);
    expect(notices(outcome)).toEqual([expect.stringContaining(sentence)]);
    expect(outcome.summary).toContain(sentence);
    expect(outcome.failure).toBeUndefined();
  });

  test("says the same of the issue that started the run", async () => {
    const outcome = await runOn(ask, (number) => ({
      eventName: "issues",
      event: { issue: { number } },
    }));
    expect(notices(outcome)).toEqual([expect.stringContaining("has no PatchPilot record")]);
  });

  test("says that a record was signed with another key", async () => {
    const outcome = await runOn(addIncident, (issue) => ({
      inputs: { issues: `[${issue}]`, "state-key": "another-key-another-key-another-" },
    }));
    expect(notices(outcome)).toEqual([expect.stringContaining("its signature does not match `state-key`")]);
  });

  test("annotates no job that only looked around", async () => {
    const outcome = await runOn(ask, () => ({}));
    expect(outcome.lines.map(({ level }) => level)).toEqual(["info"]);
    expect(outcome.summary).toContain(outcome.lines[0]?.text);
  });
});

test("dispatch says quietly, in log and summary, that there is nothing to do", async () => {
  const { lines, summary } = await dispatch(createTestWorld(), { runId: 1 });
  expect(lines).toEqual([{ level: "info", text: expect.stringContaining("No incident waits") }]);
  expect(summary).toContain(lines[0]?.text);
});

test("perf-scan says quietly, in log and summary, that nothing is slow", async () => {
  const { lines, summary } = await openSlowShop({ factor: 1 }).scan();
  expect(lines).toContainEqual({
    level: "info",
    text: expect.stringMatching(/^No operation that was looked at is slow\.$/),
  });
  expect(summary).toContain("No operation that was looked at is slow.");
});
