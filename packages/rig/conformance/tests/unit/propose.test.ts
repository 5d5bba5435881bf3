import { assertNoViolations, type GitHubEvent } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { type ActionRun, claim, dispatch, propose } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, type TestWorld } from "../../worlds/world.ts";

/** A worker run that has passed its gate, ready to publish. */
async function passedWorker(): Promise<{
  world: TestWorld;
  publish: (options?: Partial<ActionRun>) => ReturnType<typeof propose>;
}> {
  const world = createTestWorld();
  const events: GitHubEvent[] = [];
  world.world.onEvent((event) => events.push(event));
  const issue = addIncident(world);
  await dispatch(world, { runId: 1, inputs: { issues: `[${issue}]` } });
  const event = events.find(({ event }) => event === "repository_dispatch")?.payload as ActionRun["event"];
  if (event === undefined) throw new Error("Nothing was dispatched.");
  const { outputs } = await claim(world, { runId: 2, event });
  const claimed = { key: outputs.key, branch: outputs.branch, baseSha: outputs["base-sha"] };
  return { world, publish: (options = {}) => propose(world, { runId: 2, event, claimed, ...options }) };
}

const REQUESTS_OF_A_SMALL_FIX = 15;

test("a worker's patch becomes a draft pull request that refers to the incident", async () => {
  const { world, publish } = await passedWorker();
  const before = world.simulator.requests.length;
  const { outputs } = await publish();
  expect(outputs.verdict).toBe("proposed");
  const pull = world.world.repository("acme/shop").issues.get(Number(outputs.pr));
  expect(pull).toMatchObject({ title: "Repair #1 (attempt 1)", state: "open" });
  expect(pull?.body).toContain("Refs #1,");
  expect(world.simulator.requests.length - before).toBeLessThanOrEqual(REQUESTS_OF_A_SMALL_FIX);
  assertNoViolations(world.simulator);
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
