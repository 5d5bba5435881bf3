import { isStopped } from "@patchpilot/action-kit/contract";
import type { Vault } from "../patch/vault.ts";
import { checkCommands } from "../step/check-commands.ts";
import { openCommandRunner } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { RepairEnding } from "../step/journal.ts";
import { leaveOutUntestable } from "../step/leave-out-untestable.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import {
  chooseChecks,
  describeUntested,
  type ProjectChecks,
  readProjectChecks,
  spellOutProjectCommands,
} from "../step/read-project-checks.ts";
import { type ProjectCheck, runCheck } from "../step/run-check.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import { parseTask, readInputFile, sha256Of } from "../step/task.ts";
import { applyPatch } from "./apply-patch.ts";

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
  const whole = await readProjectChecks(inputs, vault, await readNamedRecipe(step, vault));
  const applied = await applyPatch(vault, bytes, await spellOutProjectCommands(whole));
  if ("refusal" in applied) return endAs("refused", applied.refusal);
  journal.learn({ patch: { bytes, paths: applied.paths }, changesTests: applied.changesTests });
  if (inputs["dry-run"])
    return endAs("refused", "`dry-run`: the patch applies; nothing is run, so nothing is verified.");
  const place = await enterSandbox(step, scratch, vault, whole);
  const commands = openCommandRunner(place, scratch, [], inputs["step-timeout-minutes"], ports);
  try {
    await checkCommands(step, vault, whole, place.sandbox);
    const testable = await leaveOutUntestable(step, commands, whole, place.sandbox.name);
    if (testable.ending !== undefined) return testable.ending;
    const project = chooseChecks(testable.project, applied.paths);
    for (const check of guardChecks(project, applied.paths))
      if ((await runCheck(check, commands, journal)) !== "passed")
        return endRed(check, commands.interrupted(), applied.paths.some(changesDependencies));
    return judgeGreen(step, project);
  } finally {
    await commands.close();
    await place.network.close();
  }
}

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

function guardChecks({ setup, checks }: ProjectChecks, paths: readonly string[]): ProjectCheck[] {
  if (setup === undefined) return [...checks];
  const guarded = Object.keys(setup.env ?? {}).length > 0 && paths.some(changesDependencies);
  return [guarded ? { ...setup, env: { ...setup.env, ...NO_SCRIPTS } } : setup, ...checks];
}

/** @param isOwn the patch has a say in what is installed, so a red setup may be its own */
function endRed(
  { name, command }: ProjectCheck,
  interrupted: string | undefined,
  isOwn: boolean,
): RepairEnding {
  if (interrupted === "time")
    return endAs("failed", "The time was up (`step-timeout-minutes`) before the tests had ended.", {
      cause: "tests",
    });
  if (interrupted === "cancelled")
    return endAs("failed", "The job was cancelled before the tests had ended.", { cause: "infrastructure" });
  return name === "setup"
    ? endAs("failed", `The setup command failed: ${command}.`, { cause: isOwn ? "agent" : "setup" })
    : endAs("failed", `The tests are red: ${command}.`, { cause: "tests" });
}

function judgeGreen({ journal }: RepairStep, project: ProjectChecks): RepairEnding {
  const isTested = project.checks.some(({ name }) => name === "test");
  const untested = describeUntested(project);
  const verified = isTested && untested === undefined && journal.facts.changesTests.length === 0;
  journal.learn({ verified });
  if (!isTested) {
    journal.note(
      "Unverified: there is no test command, and the base commit does not say one. Name it in `test-command`.",
    );
    return endAs("patch", "Unverified: the patch applies, and there is no command that tests it.");
  }
  if (untested !== undefined) {
    journal.note(untested);
    return endAs(
      "patch",
      `The tests are green on a fresh checkout, but they do not run everything that the patch changes: ${untested}`,
    );
  }
  return endAs(
    "patch",
    verified
      ? "The tests are green on a fresh checkout."
      : "The base commit's tests are green on a fresh checkout, but the patch changes how it is tested: this does not count as verified.",
  );
}
