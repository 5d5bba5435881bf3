import { expect, test } from "vitest";
import { endWith, leave, openScenario, readComments, readPhase } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();

type Result = Readonly<Record<string, unknown>>;

/** An attempt has run to its end and left `result.json`; no run of `dispatch` has seen that. */
async function openEnded(conclusion: "success" | "failure", result: Result) {
  const scenario = openScenario();
  const { test } = scenario;
  watch(test.simulator);
  const issue = addIncident(test);
  await scenario.tick();
  await endWith(scenario, conclusion, result);
  return { scenario, issue };
}

const RED = { result: "failed", reason: "Red.", summary: "It went red." };

/** A run that opens no further attempt. */
const CLOSE_ONLY = { inputs: { allow: "close" } };

test("why an attempt failed is on the issue, with the agent's last words", async () => {
  const { scenario, issue } = await openEnded("failure", {
    result: "failed",
    reason: "The tests are red after 3 of 3 tries.",
    summary: "The cart needs a currency.",
  });
  await scenario.tick(CLOSE_ONLY);
  const comments = readComments(scenario.test, issue);
  expect(comments).toContain("Why it ended: The tests are red after 3 of 3 tries.");
  expect(comments).toContain("> <code>The cart needs a currency.</code>");
});

test("it is still there after later runs, which ask for nothing", async () => {
  const { scenario, issue } = await openEnded("failure", RED);
  await scenario.tick(CLOSE_ONLY);
  const before = readComments(scenario.test, issue);
  const seen = scenario.test.simulator.requests.length;
  await scenario.tick({ inputs: { ...CLOSE_ONLY.inputs, issues: String(issue) } });
  expect(readComments(scenario.test, issue)).toBe(before);
  const asked = scenario.test.simulator.requests.slice(seen).map(({ operation }) => operation);
  expect(asked.filter((name) => /artifact/.test(name))).toEqual([]);
});

test("words of an attempt stay with it when the next one goes out", async () => {
  const { scenario, issue } = await openEnded("failure", RED);
  const { outputs } = await scenario.tick();
  expect(outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  const [first = "", second = ""] = readComments(scenario.test, issue).split(
    /(?=<summary>Repair attempt 2 )/,
  );
  expect([first, second].map((part) => part.includes("It went red."))).toEqual([true, false]);
});

test("a question waits for people, and uses up no attempt", async () => {
  const { scenario, issue } = await openEnded("success", {
    result: "no-change",
    ending: "asked",
    question: "Which currency?",
  });
  const { outputs } = await scenario.tick({ inputs: { "max-attempts": "1" } });
  expect(outputs.dispatched).toEqual([]);
  expect(outputs.settled).toEqual([{ issue, attempt: 1, outcome: "no-change", ending: "asked" }]);
  expect(readPhase(scenario.test, issue)).toBe("needs-human");
  expect(readComments(scenario.test, issue)).toContain(
    "The agent asks:\n\n> <code>Which currency&#x3f;</code>",
  );
  const said = "The agent asks: <code>Which currency&#x3f;</code>";
  expect(readComments(scenario.test, issue).split(said)).toHaveLength(3);
  await scenario.tick();
  expect(readComments(scenario.test, issue).split(said)).toHaveLength(3);
});

test("an attempt that a limit interrupted is made up for, and the second in a row needs people", async () => {
  const limited = { result: "failed", reason: "The model's API answered 529.", cause: "limits" };
  const { scenario, issue } = await openEnded("failure", limited);
  const only = { inputs: { "max-attempts": "1" } };
  expect((await scenario.tick(only)).outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  await endWith(scenario, "failure", limited);
  expect((await scenario.tick(only)).outputs.dispatched).toEqual([]);
  expect(readPhase(scenario.test, issue)).toBe("needs-human");
  expect(readComments(scenario.test, issue)).toContain("2 attempts in a row were interrupted");
  scenario.test.world.as("maya").label(issue, "patchpilot:retry");
  expect((await scenario.tick(only)).outputs.dispatched).toMatchObject([{ attempt: 3 }]);
});

test("an attempt that its gate refuses says why and is made up for, and the second in a row needs people", async () => {
  const scenario = openScenario();
  const { test, tick, startWorker } = scenario;
  watch(test.simulator);
  test.world.setRulesets([{ target: "branch", include: ["~ALL"], rules: [{ type: "creation" }] }]);
  const issue = addIncident(test);
  const only = { inputs: { "max-attempts": "1" } };
  await tick(only);
  (await startWorker()).end("failure");
  expect((await tick(only)).outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  expect(readComments(test, issue)).toContain(
    "Why it ended: Nothing is repaired: a ruleset does not allow you to create `patchpilot/1-a1`.",
  );
  (await startWorker()).end("failure");
  expect((await tick(only)).outputs.dispatched).toEqual([]);
  expect(readPhase(test, issue)).toBe("needs-human");
});

test("why a green patch was not published is on the issue", async () => {
  const scenario = openScenario();
  const { test, tick, startWorker } = scenario;
  watch(test.simulator);
  const issue = addIncident(test);
  await tick();
  const worker = await startWorker();
  leave(test, "patch", { "result.json": JSON.stringify({ v: 1, result: "patch", reason: "Tested." }) });
  await worker.publish({ inputs: { "protected-paths": "src" } });
  worker.end("failure");
  scenario.pass(60);
  await tick(CLOSE_ONLY);
  expect(readComments(test, issue)).toContain(
    "Why it ended: Nothing is published (refused): The path `src/checkout.ts` is protected by `src`.",
  );
});

test("a report is on the issue once, and a later one takes its place", async () => {
  const reported = (summary: string) => ({ result: "no-change", ending: "reported", summary });
  const { scenario, issue } = await openEnded("success", reported("The cart is untidy."));
  await scenario.tick();
  expect(readPhase(scenario.test, issue)).toBe("needs-human");
  // The status can lead to the report once GitHub has given its comment an address.
  await scenario.tick({ inputs: { issues: String(issue) } });
  const first = readComments(scenario.test, issue);
  expect(first).toMatch(/Read \[the report\]\(\S+#issuecomment-\d+\)/);
  await scenario.tick({ inputs: { issues: String(issue) } });
  expect(readComments(scenario.test, issue)).toBe(first);
  scenario.test.world.as("maya").label(issue, "patchpilot:retry");
  await scenario.tick();
  await endWith(scenario, "success", reported("The cart is tidy."));
  await scenario.tick();
  const last = readComments(scenario.test, issue);
  expect(first).toContain(
    "### Report of attempt 1\n\nIn the agent's words:\n\n```text\nThe cart is untidy.\n```",
  );
  expect(last).toContain("The cart is tidy.");
  expect(last).not.toContain("The cart is untidy.");
});
