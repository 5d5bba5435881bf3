import { isStopped } from "@patchpilot/action-kit/contract";
import type { Vault } from "../patch/vault.ts";
import { openCommandRunner } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { RepairEnding } from "../step/journal.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import {
  readProjectChecks,
  readTestFacts,
  spellOutProjectCommands,
} from "../step/read-project-checks.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import { parseTask, readInputFile, sha256Of } from "../step/task.ts";
import { applyPatch } from "./apply-patch.ts";
import { judgePatch } from "./judge-patch.ts";

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
    const facts = await readTestFacts(project, vault, scratch.temporary);
    return await judgePatch({ step, vault, project, applied, commands, facts });
  } finally {
    commands.close();
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

