import { createGitHubSimulator, createGitHubWorld, GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, REPOSITORY_ID, type TestWorld } from "../../worlds/world.ts";

const TARGET = "acme/app";
const WORKFLOW = "on:\n  workflow_dispatch:\n    inputs:\n      patchpilot:\n        required: true\n";

/** Incidents in acme/shop, code in acme/app, whose default branch has another name. */
function openTwoRepositories(): TestWorld {
  const test = createTestWorld();
  const world = createGitHubWorld({
    clock: test.clock,
    keepHistory: false,
    repositories: [
      { owner: "acme", name: "shop", id: REPOSITORY_ID, files: { "README.md": "# shop\n" } },
      {
        owner: "acme",
        name: "app",
        id: 5151,
        defaultBranch: "trunk",
        files: { ".github/workflows/patchpilot-repair.yml": WORKFLOW },
      },
    ],
  });
  return { ...test, world, simulator: createGitHubSimulator(world) };
}

test("a workflow in another repository runs on the default branch of that repository", async () => {
  const two = openTwoRepositories();
  const issue = addIncident(two);
  const refs: unknown[] = [];
  const token = two.world.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: { contents: "write", actions: "write", pull_requests: "read", metadata: "read" },
    repositories: [TARGET],
  });
  const { outputs } = await dispatch(two, {
    runId: 1,
    inputs: { via: "workflow_dispatch", "target-repository": TARGET, "target-token": token },
    fetch: async (input, init) => {
      if (String(input).endsWith("/dispatches")) refs.push(JSON.parse(String(init?.body)).ref);
      return openWire(two)(input, init);
    },
  });
  expect(refs).toEqual(["trunk"]);
  expect(outputs.issues).toEqual([issue]);
});
