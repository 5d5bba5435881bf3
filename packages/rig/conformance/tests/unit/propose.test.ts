import { assertNoViolations } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { openScenario } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";

/** A worker run that has passed its gate, ready to publish. */
async function passedWorker() {
  const { test: world, tick, startWorker } = openScenario();
  addIncident(world);
  await tick();
  return { world, publish: (await startWorker()).publish };
}

/** The last three, once the pull request is open, write down which commit was published. */
const REQUESTS_OF_A_SMALL_FIX = 18;

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
