import { expect, test } from "vitest";
import { openScenario, type RepairScenario, readComments } from "../../worlds/scenario.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();

/** An attempt runs to its end and leaves `result.json`. */
async function endAttempt(
  scenario: RepairScenario,
  conclusion: "success" | "failure",
  result: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { test } = scenario;
  (await scenario.startWorker()).end(conclusion);
  const runId = test.world.repository(SHOP).runs.list().at(-1)?.id ?? 0;
  const content = { "result.json": JSON.stringify({ v: 1, step: "work", ...result }) };
  test.world.runner(SHOP).addArtifact({ runId, name: "patch", content });
}

async function openEnded(conclusion: "success" | "failure", result: Readonly<Record<string, unknown>>) {
  const scenario = openScenario();
  watch(scenario.test.simulator);
  const issue = addIncident(scenario.test);
  await scenario.tick();
  await endAttempt(scenario, conclusion, result);
  await scenario.tick({ inputs: { allow: "close" } });
  return { scenario, issue };
}

test("why an attempt failed stands on the issue, with the agent's last words", async () => {
  const { scenario, issue } = await openEnded("failure", {
    result: "failed",
    reason: "The tests are red after 3 of 3 tries.",
    summary: "The cart needs a currency.",
  });
  const comments = readComments(scenario.test, issue);
  expect(comments).toContain("Why it ended: The tests are red after 3 of 3 tries.");
  expect(comments).toContain("> <code>The cart needs a currency.</code>");
});

test("it still stands there after later runs, which ask for nothing", async () => {
  const { scenario, issue } = await openEnded("failure", {
    result: "failed",
    reason: "Red.",
    summary: "Why.",
  });
  const before = readComments(scenario.test, issue);
  const seen = scenario.test.simulator.requests.length;
  await scenario.tick({ inputs: { issues: String(issue), allow: "close" } });
  expect(readComments(scenario.test, issue)).toBe(before);
  const asked = scenario.test.simulator.requests.slice(seen).map(({ operation }) => operation);
  expect(asked.filter((name) => /artifact/.test(name))).toEqual([]);
});

test("words of an attempt stay with it when the next one goes out", async () => {
  const scenario = openScenario();
  watch(scenario.test.simulator);
  const issue = addIncident(scenario.test);
  await scenario.tick();
  await endAttempt(scenario, "failure", { result: "failed", reason: "Red.", summary: "First words." });
  const { outputs } = await scenario.tick();
  expect(outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  const [first = "", second = ""] = readComments(scenario.test, issue).split(/(?=### Repair attempt 2)/);
  expect([first, second].map((part) => part.includes("First words."))).toEqual([true, false]);
});
