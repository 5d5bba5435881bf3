import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addLabels } from "../src/actions/incidents.ts";
import { addWatched, indexWatched, raiseErrors } from "../src/actions/many-incidents.ts";
import { measureScenario } from "../src/actions/measure-scenario.ts";
import { benchCrash, haveVisitors } from "../src/actions/production.ts";
import { runActionProcess } from "../src/actions/run-action-process.ts";
import { crowdedTick, waitingTick } from "../src/actions/scenarios.ts";
import { BENCH_NAMES, type BenchStage, openStage } from "../src/actions/stage.ts";

const HOUR = 3_600_000;
let folder: string;
let stage: BenchStage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "crowd-"));
  stage = await openStage(0);
  addLabels(stage);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.close();
});

const TICK = crowdedTick("verify-recovery", { open: 0, watched: 0, waiting: 0 }, 0);
let runId = 0;

/** @returns the issues that the run decided on */
async function verify(): Promise<number[]> {
  const work = { leftUndone: () => undefined };
  const job = { folder, runId: ++runId, inputs: TICK.inputs(stage), work };
  const { failure } = await runActionProcess("unpaced", "verify-recovery", stage, job);
  expect(failure).toBeUndefined();
  const decisions = /^decisions<<(.+)\n(.*)\n\1$/m.exec(readFileSync(join(folder, "output"), "utf8"))?.[2];
  return (JSON.parse(decisions ?? "[]") as { issue: number }[]).map(({ issue }) => issue);
}

const countRefs = ({ world }: BenchStage): number =>
  world.repository(BENCH_NAMES.repository).git.refs.list("refs/patchpilot/index/").length;

test.each([
  ["verify-recovery", 14],
  ["dispatch", 3],
])("an idle tick of %s stays within its requests", async (action, most) => {
  const crowd = { open: 120, watched: 120, waiting: 120 };
  const { requests } = await measureScenario(crowdedTick(action, crowd, most), "unpaced", 0);
  expect(Object.values(requests).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(most);
});

test("a quiet tick of intake stays within its requests", async () => {
  const { requests } = await measureScenario(waitingTick(450, 250, 2), "unpaced", 0);
  expect([requests.github, requests.sentry]).toEqual([3, 3]);
});

test("the index is rebuilt when it is lost, and then no longer written", async () => {
  addWatched(stage, raiseErrors(stage, 120));
  stage.clock.advance(50 * HOUR);
  for (let tick = 0; tick < 4; tick += 1) {
    await verify();
    stage.clock.advance(HOUR / 3);
  }
  expect(countRefs(stage)).toBe(1);
  const { versions } = stage.world;
  const before = versions.current;
  await verify();
  expect(versions.current).toBe(before);
});

test("of watched incidents, the one that Sentry has seen lately is looked at though its turn is later", async () => {
  haveVisitors(stage, "shop@1", 24);
  benchCrash(stage, 0, "shop@1", [stage.clock.now()]);
  const [error] = stage.sentry.issues();
  const issues = addWatched(stage, [error?.id ?? "", ...raiseErrors(stage, 119)], []);
  await indexWatched(stage, issues);
  haveVisitors(stage, "shop@1", 30);
  const quiet = await verify();
  expect(quiet).not.toContain(issues[0]);
  benchCrash(stage, 0, "shop@1", [stage.clock.now()]);
  stage.clock.advance(60_000);
  expect(await verify()).toContain(issues[0]);
});
