import { MINUTE } from "@patchpilot/time";
import { openWire } from "../run-actions.ts";
import { SHOP, type TestWorld } from "../world.ts";
import { decidePullRequest, finishCi, hasOpenPullRequest } from "./people.ts";
import { runDispatch } from "./racing-actions.ts";
import type { RaceStage } from "./stage.ts";
import { step } from "./steps.ts";

/** Faults stop. Within three runs every incident is served; once all clocks have run out, every attempt has an outcome. */
export async function quiet(stage: RaceStage): Promise<void> {
  const { test, watch, issues } = stage;
  stage.faults = false;
  endOrphanedRuns(test);
  const served = new Set<number>();
  let run = 100;
  const round = async (): Promise<void> => {
    run += 1;
    const ended = await runDispatch(stage, String(run), openWire(test), issues);
    for (const { issue } of [...ended.outputs.dispatched, ...ended.outputs.skipped]) served.add(issue);
    while (await step(stage));
  };
  for (let tick = 0; tick < 3; tick += 1) {
    if (stage.seed % 2 === 0) finishCi(test, stage.random);
    await round();
    test.clock.advance(16 * MINUTE);
  }
  for (const issue of issues)
    if (!served.has(issue))
      watch.report("every-incident-served", `#${issue} reached neither an attempt nor a named skip`);
  for (let tick = 0; tick < 12; tick += 1) {
    test.clock.advance(7 * 60 * MINUTE);
    while (hasOpenPullRequest(test)) decidePullRequest(test, stage.random);
    await round();
  }
  watch.checkSettled();
}

/** GitHub ends the run of a runner that died. */
function endOrphanedRuns(test: TestWorld): void {
  const runner = test.world.runner(SHOP);
  for (const { id, status } of test.world.repository(SHOP).runs.list())
    if (status !== "completed") runner.updateRun(id, { status: "completed", conclusion: "cancelled" });
}
