import { isStopped } from "@patchpilot/action-kit/contract";
import type { TestRun } from "@patchpilot/test-report";
import { MINUTE } from "@patchpilot/time";
import { resetFiles, restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import { type CommandRunner, openCommandRunner } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import {
  type ProjectChecks,
  readProjectChecks,
  spellOutProjectCommands,
} from "../step/read-project-checks.ts";
import { type ProjectCheck, runCheck } from "../step/run-check.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import { parseTask, readInputFile, sha256Of } from "../step/task.ts";
import { type AppliedPatch, applyPatch } from "./apply-patch.ts";
import { cleanBaseline, type JudgedTests, runBaseline, testPatch } from "./baseline.ts";
import { judgeRequired, provePatch } from "./prove-patch.ts";
import { openTestRunner, type TestRunner } from "./run-tests.ts";

/**
 * `step: verify`: applies exactly the bytes that `work` left to a fresh checkout and runs the base commit's tests. It
 * is green only where they are, or where there are none; later jobs depend on that, and on nothing that it puts out.
 */
export async function verifyPatch(step: RepairStep): Promise<RepairEnding> {
  const { inputs, ports, journal } = step;
  const expected = inputs["patch-sha256"]?.toLowerCase();
  const bytes = expected === undefined ? undefined : await readInputFile(inputs, "patch");
  if (bytes === undefined || expected === undefined)
    throw new Error(
      "`step: verify` needs `patch` and `patch-sha256`: the work job's artifact and its output.",
    );
  const sha256 = sha256Of(bytes);
  if (sha256 !== expected)
    return endAs(
      "refused",
      `The patch's SHA-256 is ${sha256}, not ${expected}: these are not the bytes that the work job made.`,
    );
  if (isStopped(inputs.stop))
    return endAs("refused", "`stop` is set: nothing is run, so nothing is verified.");
  const task = await readInputFile(inputs, "task-file");
  if (task !== undefined) journal.learn({ task: parseTask(task) });
  const scratch = await openScratch(ports.temporaryFolder);
  try {
    const vault = await openCheckout(step, scratch);
    return await verifyOn(step, scratch, vault, bytes);
  } finally {
    await scratch.close(ports.cancelled.aborted);
  }
}

async function verifyOn(
  step: RepairStep,
  scratch: Scratch,
  vault: Vault,
  bytes: Buffer,
): Promise<RepairEnding> {
  const { inputs, ports, journal } = step;
  const project = await readProjectChecks(inputs, vault, await readNamedRecipe(step, vault));
  const applied = await applyPatch(vault, bytes, await spellOutProjectCommands(project, vault));
  if ("refusal" in applied) return endAs("refused", applied.refusal);
  journal.learn({ patch: { bytes, paths: applied.paths }, changesTests: applied.changesTests });
  if (inputs["dry-run"])
    return endAs("refused", "`dry-run`: the patch applies; nothing is run, so nothing is verified.");
  const place = await enterSandbox(step, scratch, vault, project);
  const commands = openCommandRunner(place, scratch, [], inputs["step-timeout-minutes"], ports);
  try {
    return await runVerification(step, { project, vault, applied, commands, scratch });
  } finally {
    commands.close();
    await place.network.close();
  }
}

type Verification = {
  readonly project: ProjectChecks;
  readonly vault: Vault;
  readonly applied: AppliedPatch;
  readonly commands: CommandRunner;
  readonly scratch: Scratch;
};

/** Tests the base, and then the patch: in this order, because code of the patch could spoil what it is compared with. */
async function runVerification(step: RepairStep, verification: Verification): Promise<RepairEnding> {
  const { project, vault, applied, commands, scratch } = verification;
  const { journal } = step;
  const { temporary } = scratch;
  const tests = await openTestRunner(project, vault, { commands, journal, temporary });
  const before = tests === undefined ? undefined : await testBase(step, verification, tests);
  const { setup, checks } = guardChecks(project, applied.paths);
  if (setup !== undefined && (await runCheck(setup, commands, journal)) !== "passed")
    return endAs("failed", describeRed(setup, commands.interrupted()));
  // A tree of what setup left, as every run of the proof begins from it.
  const settled = await takeSnapshot(vault).then(
    ({ tree }) => tree,
    () => applied.tree,
  );
  let judged: JudgedTests | undefined;
  for (const check of checks) {
    if (check.name !== "test" || tests === undefined) {
      if ((await runCheck(check, commands, journal)) !== "passed")
        return endAs("failed", describeRed(check, commands.interrupted()));
      continue;
    }
    judged = await testPatch(tests, before);
    journal.learn({ baseline: cleanBaseline(judged.baseline, journal.line) });
    if (!judged.passed) return endAs("failed", describeRed(check, commands.interrupted(), judged.sentence));
  }
  if (tests !== undefined && judged?.isTested === true)
    journal.learn({
      proof: await provePatch(step, { vault, applied, settled, setup, commands, tests, judged }),
    });
  return judgeGreen(step, judged);
}

/** Part of the step's time that the base's tests may take. */
const SHARE_OF_BASE = 0.4;

/** Sets up and tests the base, and puts the patch in its place. @returns undefined where nothing is known of it */
async function testBase(
  { inputs, journal }: RepairStep,
  { project, vault, applied, commands }: Verification,
  tests: TestRunner,
): Promise<TestRun | undefined> {
  const { setup } = project;
  await restoreSnapshot(vault, vault.base);
  const ready =
    setup === undefined ||
    (await commands.run("Set up the base commit", makeBashCommand(setup.command, setup.env), "setup"))
      .code === 0;
  const most = SHARE_OF_BASE * inputs["step-timeout-minutes"] * MINUTE;
  const before = ready ? (await runBaseline(tests, most))?.run : undefined;
  if (before === undefined)
    journal.note(
      "The base's own tests did not come to an end, so all that is red counts as made red by the patch.",
    );
  await putInPlace(vault, applied.tree);
  return before;
}

/** What installing left beside the patch may be more than any patch can hold; it then stays. */
const putInPlace = (vault: Vault, tree: string): Promise<unknown> =>
  restoreSnapshot(vault, tree).catch(() => resetFiles(vault, tree));

/** A recipe has a say only where the workflow or the task names one. */
async function readNamedRecipe({ inputs, journal }: RepairStep, vault: Vault) {
  const name = inputs.recipe ?? journal.facts.task?.recipe;
  if (name === undefined) return undefined;
  const recipe = await readBaseRecipe(name, vault);
  journal.learn({ recipe: recipe.name });
  return recipe;
}

/** Whether a changed file decides what is installed: code of others may then run while the project is set up. */
export const changesDependencies = (path: string): boolean =>
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(
    path,
  );

/** Scripts of packages that the patch brings in must not see the registry's token. */
const NO_SCRIPTS = { npm_config_ignore_scripts: "true", YARN_ENABLE_SCRIPTS: "false" };

function guardChecks({ setup, checks }: ProjectChecks, paths: readonly string[]): ProjectChecks {
  const guarded = Object.keys(setup?.env ?? {}).length > 0 && paths.some(changesDependencies);
  return { setup: setup && guarded ? { ...setup, env: { ...setup.env, ...NO_SCRIPTS } } : setup, checks };
}

function describeRed(
  { name, command }: ProjectCheck,
  interrupted: string | undefined,
  sentence: string | undefined = undefined,
): string {
  if (interrupted === "time") return "The time was up (`step-timeout-minutes`) before the tests had ended.";
  if (interrupted === "cancelled") return "The job was cancelled before the tests had ended.";
  if (name === "setup") return `The setup command failed: ${command}.`;
  return [`The tests are red: ${command}.`, sentence ?? []].flat().join(" ");
}

/** @param judged undefined where there is no test command */
function judgeGreen({ inputs, journal }: RepairStep, judged: JudgedTests | undefined): RepairEnding {
  const { proof, changesTests } = journal.facts;
  const verified = judged?.isTested === true && changesTests.length === 0;
  journal.learn({ verified });
  const lacking = judgeRequired(inputs["require-proof"], proof);
  if (lacking !== undefined) return lacking;
  if (judged === undefined) {
    journal.note(
      "Unverified: there is no test command, and the base commit does not say one. Name it in `test-command`.",
    );
    return endAs("patch", "Unverified: the patch applies, and there is no command that tests it.");
  }
  noteFlaky(journal);
  if (judged.sentence !== undefined)
    return endAs("patch", `${verified ? "" : "Unverified. "}${judged.sentence}`);
  return endAs(
    "patch",
    verified
      ? `The tests are green on a fresh checkout.${proof === undefined ? "" : ` Proof: ${proof.level}. ${proof.reason}`}`
      : "The base commit's tests are green on a fresh checkout, but the patch changes how it is tested: this does not count as verified.",
  );
}

function noteFlaky(journal: Journal): void {
  const { baseline } = journal.facts;
  if (baseline === undefined) return;
  const { flaky, vanished, vanishedCount } = baseline;
  if (baseline.flakyCommand)
    journal.note("Flaky: the test command was red on the patch, and green when it ran once more.");
  if (flaky.length > 0)
    journal.note(`Flaky: red on the patch, and green when run once more: ${flaky.join(", ")}.`);
  if (vanishedCount > 0)
    journal.note(
      `Run on the base and not on the patch: ${vanished.slice(0, 5).join(", ")} (${vanishedCount} in all).`,
    );
}
