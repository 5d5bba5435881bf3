import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { writeActionTree } from "@patchpilot/build/action-tree";
import { loadContract } from "@patchpilot/build/load-contract";
import { readReleaseSource } from "@patchpilot/build/release-source";
import { actionFolders, REPOSITORY } from "@patchpilot/build/repository";
import type { StepRecord } from "@patchpilot/runner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addIncident, createTestWorld } from "../../worlds/world.ts";
import { OWN_ACCOUNT } from "./support/conditions.ts";
import { openRepairJob } from "./support/repair-job.ts";
import { readAnnotations, runBundle } from "./support/run-bundle.ts";
import { SUBJECTS } from "./support/stages.ts";

/** What Node says of a module that it does not find. */
const MISSING = "Cannot find module";

const ACTIONS = actionFolders().map((folder) => basename(folder));
/** Outside the repository, so that no node_modules is above it. */
const root = mkdtempSync(join(tmpdir(), "releases-"));
const findRelease = (action: string): string => join(root, action);

beforeAll(async () => {
  const source = await readReleaseSource(REPOSITORY);
  for (const action of ACTIONS) writeActionTree(source, action, findRelease(action));
});
afterAll(() => rmSync(root, { recursive: true }));

test.each(Object.keys(SUBJECTS))("the release of `%s` does its work without node_modules", async (action) => {
  const subject = SUBJECTS[action];
  if (subject === undefined) throw new Error(`There is no stage for ${action}.`);
  const { world, run, close } = await subject.prepare();
  const step = await runBundle(world, subject.contract, { ...run, folder: findRelease(action) });
  await close?.();
  expect([step.outcome, readAnnotations(step, "error")]).toEqual(["success", []]);
});

const others = ACTIONS.filter((action) => !["repair", ...Object.keys(SUBJECTS)].includes(action));

/** An incident, and a run of the action without inputs. */
async function runAlone(action: string, folder: string): Promise<StepRecord> {
  const world = createTestWorld();
  addIncident(world);
  return runBundle(world, await loadContract(join(REPOSITORY, "actions", action)), { folder });
}

test.each(others)("the release of `%s` speaks for itself without node_modules", async (action) => {
  const step = await runAlone(action, findRelease(action));
  expect(step.log.join("\n")).not.toContain(MISSING);
  expect(step.summary).not.toBe("");
});

test("a release that lacks a script is found out", async () => {
  const broken = join(root, "broken");
  const isChunk = (path: string): boolean => /^\d+\.index\.js$/.test(basename(path));
  cpSync(findRelease("impact"), broken, { recursive: true, filter: (path) => !isChunk(path) });
  const step = await runAlone("impact", broken);
  expect([step.outcome, step.log.join("\n")]).toEqual(["failure", expect.stringContaining(MISSING)]);
});

test("the release of `repair` leaves a tested patch without node_modules", async () => {
  const files = { "cart.js": "broken\n", "check.sh": "grep -q mended cart.js\n" };
  const job = openRepairJob(files, OWN_ACCOUNT, findRelease("repair"));
  const inputs = { command: "echo mended > cart.js", "test-command": "sh check.sh" };
  const { code, outputs } = await job.run(inputs);
  job.remove();
  expect([code, outputs["result"]]).toEqual([0, "patch"]);
});
