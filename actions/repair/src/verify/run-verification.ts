import { MINUTE } from "@patchpilot/time";
import { resetFiles, restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { RepairEnding } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { makeCheckCommand, type ProjectCheck, runCheck } from "../step/run-check.ts";
import type { RepairStep } from "../step/step.ts";
import type { AppliedPatch } from "./apply-patch.ts";
import { type BaseRun, cleanBaseline, openBaseline, testPatch } from "./baseline.ts";
import { changesDependencies, guardSetup } from "./guard-setup.ts";
import { joinJudged, type PlacedTests } from "./join-judged.ts";
import { endRed, judgeGreen } from "./judge-verification.ts";
import { provePatch } from "./prove-patch.ts";
import { openTestRunner, type TestRunner } from "./run-tests.ts";
import type { ToldTests } from "./test-suite.ts";

/** A patch on a checkout, and what tests it. */
export type Verification = {
  /** Chosen by the files of the patch. */
  readonly project: ProjectChecks;
  readonly vault: Vault;
  readonly applied: AppliedPatch;
  readonly commands: CommandRunner;
  readonly temporary: string;
};

/** Tests the base, and then the patch: in this order, because code of the patch could spoil what it is compared with. */
export async function runVerification(step: RepairStep, verification: Verification): Promise<RepairEnding> {
  const { project, vault, applied, commands, temporary } = verification;
  const { journal } = step;
  const around = { workspace: vault.workTree, commands, journal, temporary };
  const runners = new Map<ProjectCheck, TestRunner>();
  for (const check of project.checks) {
    const tests = await openTestRunner(check, project, around);
    if (tests !== undefined) runners.set(check, tests);
  }
  const before = runners.size === 0 ? undefined : await testBase(step, verification, [...runners.values()]);
  await putInPlace(vault, applied.tree);
  const isOwn = applied.paths.some(changesDependencies);
  const setup = project.setup && guardSetup(project.setup, applied.paths);
  if (setup !== undefined && (await runCheck(setup, commands, journal)) !== "passed")
    return endRed(setup, commands.interrupted(), { isOwn });
  // A tree of what setup left, as every run of the proof begins from it.
  const settled = await takeSnapshot(vault).then(
    ({ tree }) => tree,
    () => applied.tree,
  );
  const all: (PlacedTests & ToldTests)[] = [];
  for (const check of project.checks) {
    const tests = runners.get(check);
    if (tests === undefined) {
      if ((await runCheck(check, commands, journal)) !== "passed")
        return endRed(check, commands.interrupted(), { isOwn });
      continue;
    }
    const judged = await testPatch(tests, before?.get(tests));
    all.push({ folder: tests.place.folder, judged, tests, run: judged.run });
    const { baseline } = joinJudged(all) ?? judged;
    journal.learn({ baseline: cleanBaseline(baseline, journal.line) });
    if (!judged.passed) return endRed(check, commands.interrupted(), { isOwn, sentence: judged.sentence });
  }
  const joined = joinJudged(all);
  if (joined?.isTested === true)
    journal.learn({ proof: await provePatch(step, { vault, applied, settled, setup, commands, all }) });
  return judgeGreen(step, project, joined);
}

/** Part of the step's time that the base's tests may take. */
const SHARE_OF_BASE = 0.4;

type BaseRuns = ReadonlyMap<TestRunner, BaseRun>;

/** Sets up and tests the base. @returns the runs that came to an end */
async function testBase(
  { inputs, journal }: RepairStep,
  { project, vault, commands }: Verification,
  runners: readonly TestRunner[],
): Promise<BaseRuns> {
  const { setup } = project;
  const runs = new Map<TestRunner, BaseRun>();
  await restoreSnapshot(vault, vault.base);
  const ready =
    setup === undefined ||
    (await commands.run("Set up the base commit", makeCheckCommand(setup), "setup")).code === 0;
  const test = openBaseline(SHARE_OF_BASE * inputs["step-timeout-minutes"] * MINUTE);
  for (const runner of ready ? runners : []) {
    const before = await test(runner);
    if (before !== undefined) runs.set(runner, before);
  }
  if (runs.size < runners.length)
    journal.note(
      "The base's own tests did not end, so everything that is red counts as made red by the patch.",
    );
  // The patch is set up afresh, with its own services.
  await commands.endServices();
  return runs;
}

/** What installing left beside the patch may be more than any patch can hold; it then stays. */
const putInPlace = (vault: Vault, tree: string): Promise<unknown> =>
  restoreSnapshot(vault, tree).catch(() => resetFiles(vault, tree));
