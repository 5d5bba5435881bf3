import { assertNoViolations } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { openScenario, readComments, readPhase } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";

/** A worker run that has passed its gate, ready to publish. */
async function passedWorker() {
  const { test: world, tick, startWorker } = openScenario();
  addIncident(world);
  await tick();
  return { world, tick, publish: (await startWorker()).publish };
}

/** Once the pull request is open, three write down which commit was published, and the last three show it on the issue. */
const REQUESTS_OF_A_SMALL_FIX = 21;

test("a worker's patch becomes a draft pull request that refers to the incident", async () => {
  const { world, publish } = await passedWorker();
  const before = world.simulator.requests.length;
  const { outputs } = await publish();
  expect(outputs.verdict).toBe("proposed");
  const pull = world.world.repository("acme/shop").issues.get(Number(outputs.pr));
  expect(pull).toMatchObject({ title: expect.stringMatching(/ \(#1, attempt 1\)$/), state: "open" });
  expect(pull?.body).toContain("Refs #1,");
  expect(world.simulator.requests.length - before).toBeLessThanOrEqual(REQUESTS_OF_A_SMALL_FIX);
  assertNoViolations(world.simulator);
});

test("the issue asks for the review before any tick, and the next tick writes nothing more", async () => {
  const { world, publish, tick } = await passedWorker();
  const { outputs } = await publish();
  const comments = readComments(world, 1);
  expect(comments).toMatch(new RegExp(`^### 🔴 Your turn: review #${outputs.pr}\n`, "u"));
  expect(readPhase(world, 1)).toBe("proposed");
  await tick();
  expect(readComments(world, 1)).toBe(comments);
  assertNoViolations(world.simulator);
});

test.each([
  ["the state key", { inputs: { "state-key": "" } }],
  [
    "the permission to write issues",
    { permissions: { contents: "write", pull_requests: "write", issues: "read" } },
  ],
] as const)("without %s the pull request is opened, and the next tick shows it", async (_, options) => {
  const { world, publish, tick } = await passedWorker();
  expect((await publish(options)).outputs.verdict).toBe("proposed");
  expect(readPhase(world, 1)).toBe("working");
  await tick();
  expect(readComments(world, 1)).toMatch(/^### 🔴 Your turn: review #\d+\n/u);
});

test("proposing twice writes nothing the second time", async () => {
  const { world, publish } = await passedWorker();
  await publish();
  const version = world.world.versions.current;
  const { outputs } = await publish();
  expect(outputs.verdict).toBe("exists");
  expect(world.world.versions.current).toBe(version);
});

const PERMISSIONS = { contents: "write", pull_requests: "write", issues: "read" } as const;

test.each([
  ["contents", "contents"],
  ["pull_requests", "pull-requests"],
  ["issues", "issues"],
] as const)("without %s the run fails and names what is missing", async (scope, named) => {
  const { publish } = await passedWorker();
  const { [scope]: _, ...permissions } = PERMISSIONS;
  await expect(publish({ permissions })).rejects.toThrow(named);
});

test.each([
  ["is asked for a review", "maya", ["maya"]],
  ["is asked for nothing, being a bot", "dependabot[bot]", []],
  ["is asked for nothing, having opened the pull request", "GitHub-Actions", []],
])("the author of the suspect commit %s if `codeowners` finds nobody", async (_, suspectAuthor, expected) => {
  const { test: world, tick, startWorker } = openScenario();
  addIncident(world, { suspectAuthor });
  await tick();
  const { publish } = await startWorker();
  const { outputs, lines } = await publish({ inputs: { notify: "codeowners" } });
  expect(lines.filter(({ level, text }) => level === "warning" && text.includes("review"))).toEqual([]);
  const pull = world.world.repository("acme/shop").issues.get(Number(outputs.pr));
  expect(pull?.pull?.reviewers.map(({ login }) => login)).toEqual(expected);
  assertNoViolations(world.simulator);
});
