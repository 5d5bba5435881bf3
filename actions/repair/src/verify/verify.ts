import { isStopped } from "@patchpilot/action-kit/contract";
import type { Vault } from "../patch/vault.ts";
import { checkCommands } from "../step/check-commands.ts";
import { openCommandRunner, type Workplace } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { RepairEnding } from "../step/journal.ts";
import { leaveOutUntestable } from "../step/leave-out-untestable.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import { readNetworkPolicy } from "../step/read-network-policy.ts";
import {
  chooseChecks,
  type ProjectChecks,
  readProjectChecks,
  spellOutProjectCommands,
} from "../step/read-project-checks.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import { parseTask, readInputFile, sha256Of } from "../step/task.ts";
import { type AppliedPatch, applyPatch } from "./apply-patch.ts";
import { runVerification } from "./run-verification.ts";

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
  const { inputs, journal } = step;
  const project = await readProjectChecks(inputs, vault, await readNamedRecipe(step, vault));
  const policy = await readNetworkPolicy(inputs, vault, project);
  // Opened while the patch is put together, which takes as long.
  const entering = inputs["dry-run"] ? undefined : enterSandbox(step, { scratch, vault, project, policy });
  // A fault of it is met below, where it is waited for; a refused patch has no use for either.
  const opened = entering?.catch(() => undefined);
  try {
    const applied = await applyPatch(vault, bytes, await spellOutProjectCommands(project));
    if ("refusal" in applied) return endAs("refused", applied.refusal);
    journal.learn({ patch: { bytes, paths: applied.paths }, changesTests: applied.changesTests });
    if (entering === undefined)
      return endAs("refused", "`dry-run`: the patch applies; nothing is run, so nothing is verified.");
    return await testApplied(step, { scratch, vault, project, applied, place: await entering });
  } finally {
    await (await opened)?.network.close();
  }
}

/** A patch that applies, and where it is tested. */
type AppliedPlan = {
  readonly scratch: Scratch;
  readonly vault: Vault;
  readonly project: ProjectChecks;
  readonly applied: AppliedPatch;
  readonly place: Workplace;
};

async function testApplied(
  step: RepairStep,
  { scratch, vault, project: whole, applied, place }: AppliedPlan,
): Promise<RepairEnding> {
  const { inputs, ports } = step;
  const commands = openCommandRunner(place, scratch, [], inputs["step-timeout-minutes"], ports);
  try {
    await checkCommands(step, vault, whole, place.sandbox);
    const testable = await leaveOutUntestable(step, commands, whole, place.sandbox.name);
    if (testable.ending !== undefined) return testable.ending;
    const project = chooseChecks(testable.project, applied.paths);
    const { temporary } = scratch;
    return await runVerification(step, { project, vault, applied, commands, temporary });
  } finally {
    await commands.close();
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
