import { isStopped } from "@patchpilot/action-kit/contract";
import { spellOutProject } from "@patchpilot/project";
import type { Vault } from "../patch/vault.ts";
import { openBench } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { Ending } from "../step/journal.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import { type ProjectChecks, readBaseFile, readProjectChecks } from "../step/read-project-checks.ts";
import { type Check, runCheck } from "../step/run-check.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import type { Step } from "../step/step.ts";
import { readInputFile, readTask, sha256Of } from "../step/task.ts";
import { applyPatch } from "./apply-patch.ts";
import { changesDependencies } from "./dependencies.ts";

/**
 * `step: verify`: applies exactly the bytes that `work` left to a fresh checkout and runs the base commit's tests. It
 * is green only where they are, or where there are none; later jobs depend on that, and on nothing that it puts out.
 */
export async function verify(step: Step): Promise<Ending> {
  const { inputs, ports, known } = step;
  const { patch: path, "patch-sha256": expected } = inputs;
  if (path === undefined || expected === undefined)
    throw new Error(
      "`step: verify` needs `patch` and `patch-sha256`: the work job's artifact and its output.",
    );
  const bytes = await readInputFile("patch", path);
  const sha256 = sha256Of(bytes);
  if (sha256 !== expected.toLowerCase())
    return refused(
      `The patch's SHA-256 is ${sha256}, not ${expected.toLowerCase()}: these are not the bytes that the work job made.`,
    );
  if (isStopped(inputs.stop)) return refused("`stop` is set: nothing is run, so nothing is verified.");
  if (inputs["task-file"] !== undefined)
    known.task = readTask((await readInputFile("task-file", inputs["task-file"])).toString("utf8"));
  const scratch = await openScratch(ports.temporaryFolder);
  try {
    const vault = await openCheckout(step, scratch);
    return await verifyOn(step, scratch, vault, bytes);
  } finally {
    await scratch.close(ports.cancelled.aborted);
  }
}

const refused = (reason: string): Ending => ({ result: "refused", reason });
const failed = (reason: string): Ending => ({ result: "failed", reason });

async function verifyOn(step: Step, scratch: Scratch, vault: Vault, bytes: Buffer): Promise<Ending> {
  const { inputs, ports, known, journal } = step;
  const project = await readProjectChecks(inputs, vault, await recipeOf(step, vault));
  const applied = await applyPatch(vault, bytes, await commandsOf(project, vault));
  if ("refusal" in applied) return refused(applied.refusal);
  known.patch = { bytes, paths: applied.paths };
  known.changesTests = applied.changesTests;
  if (inputs["dry-run"])
    return refused("`dry-run`: the patch applies; nothing is run, so nothing is verified.");
  const place = await enterSandbox(step, scratch, vault, project);
  const bench = openBench(place, scratch, [], inputs["step-timeout-minutes"], ports);
  try {
    for (const check of checksOf(project, applied.paths))
      if ((await runCheck(check, bench, journal)) !== "passed")
        return failed(redOf(check, bench.interrupted()));
  } finally {
    bench.close();
    await place.network.close();
  }
  return greenOf(step, project);
}

/** Every command that setting up and testing the base commit comes to. */
function commandsOf({ setup, checks }: ProjectChecks, vault: Vault): Promise<string[]> {
  const commands = [...(setup === undefined ? [] : [setup]), ...checks].map(({ command }) => command);
  return spellOutProject(commands, vault.names, (name) => readBaseFile(vault, name));
}

/** A recipe has a say only where the workflow or the task names one. */
async function recipeOf({ inputs, known }: Step, vault: Vault) {
  const name = inputs.recipe ?? known.task?.recipe;
  if (name === undefined) return undefined;
  const recipe = await readBaseRecipe(name, vault);
  known.recipe = recipe.name;
  return recipe;
}

/** Scripts of packages that the patch brings in must not see the registry's token. */
const NO_SCRIPTS = { npm_config_ignore_scripts: "true", YARN_ENABLE_SCRIPTS: "false" };

function checksOf({ setup, checks }: ProjectChecks, paths: readonly string[]): Check[] {
  if (setup === undefined) return [...checks];
  const guarded = Object.keys(setup.env ?? {}).length > 0 && paths.some(changesDependencies);
  return [guarded ? { ...setup, env: { ...setup.env, ...NO_SCRIPTS } } : setup, ...checks];
}

function redOf({ name, command }: Check, interrupted: string | undefined): string {
  if (interrupted === "time") return "The time was up (`step-timeout-minutes`) before the tests had ended.";
  if (interrupted === "cancelled") return "The job was cancelled before the tests had ended.";
  return name === "setup" ? `The setup command failed: ${command}.` : `The tests are red: ${command}.`;
}

function greenOf({ known, journal }: Step, { checks }: ProjectChecks): Ending {
  const tested = checks.some(({ name }) => name === "test");
  known.verified = tested && known.changesTests.length === 0;
  if (!tested) {
    journal.note(
      "Unverified: there is no test command, and the base commit does not say one. Name it in `test-command`.",
    );
    return {
      result: "patch",
      reason: "Unverified: the patch applies, and there is no command that tests it.",
    };
  }
  if (known.verified) return { result: "patch", reason: "The tests are green on a fresh checkout." };
  return {
    result: "patch",
    reason:
      "The base commit's tests are green on a fresh checkout, but the patch changes how it is tested: this does not count as verified.",
  };
}
