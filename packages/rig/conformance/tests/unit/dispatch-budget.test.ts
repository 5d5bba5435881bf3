import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { REPAIR_WORKFLOW } from "../../worlds/scenario.ts";
import { openWalk, REACH, type Walk } from "../../worlds/walk.ts";
import { SHOP } from "../../worlds/world.ts";

/** More claims of earlier issues than one request lists, and so many workers of them that started just now. */
function addHistory({ test: { world } }: Walk, started: number): void {
  const { git, id } = world.repository(SHOP);
  const head = git.refs.get("refs/heads/main");
  for (let issue = 500; issue <= 600; issue += 1)
    git.refs.move(`refs/patchpilot/claims/${issue}-a1`, undefined, head);
  for (let issue = 500; issue < 500 + started; issue += 1)
    world.runner(SHOP).startRun({
      workflowPath: REPAIR_WORKFLOW,
      displayTitle: `patchpilot pp-${id}-${issue}-a1`,
      event: "repository_dispatch",
      actor: GITHUB_ACTIONS_BOT,
    });
}

const ticked = async (started: number) => {
  const walk = openWalk();
  await REACH.accepted(walk);
  addHistory(walk, started);
  return (await walk.tick()).outputs;
};

test("the hourly budget holds also where GitHub lists too many claims to find the newest", async () => {
  expect((await ticked(4)).count).toBe(1);
  expect((await ticked(5)).skipped).toMatchObject([{ reason: "hourly-budget" }]);
});
