import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isStopped } from "@patchpilot/action-kit/contract";
import type { GatedAgent } from "../agents/gated-agent.ts";
import { makePatch, openProduct } from "../patch/agent-changes.ts";
import type { Vault } from "../patch/vault.ts";
import { type PromptFacts, promptsOf } from "../recipes/prompts.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { writeProducts } from "../result/write-products.ts";
import { openBench } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { Ending } from "../step/journal.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import { type ProjectChecks, readProjectChecks } from "../step/read-project-checks.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { failedWith, type Step, say } from "../step/step.ts";
import { autonomyOf, readInputFile, readTask } from "../step/task.ts";
import { findDockerNeed } from "./find-docker-need.ts";
import { programFolders } from "./find-program-folders.ts";
import { holdsSecret } from "./find-secrets.ts";
import { openAgent } from "./open-agent.ts";
import { type Attempt, makeAttempt } from "./repair-loop.ts";

/** `step: work`: lets the agent make a change, and keeps it, whatever happens. */
export async function work(step: Step): Promise<Ending> {
  const { inputs, ports, known } = step;
  const files = await readTaskFiles(inputs);
  known.agent = inputs.agent;
  known.task = files.task === undefined ? undefined : readTask(files.task.toString("utf8"));
  if (isStopped(inputs.stop)) return idle("`stop` is set: nothing is run.");
  if (autonomyOf(known.task) === "observe") return idle("The task's autonomy is `observe`: nothing is run.");
  const scratch = await openScratch(ports.temporaryFolder);
  try {
    for (const [name, content] of [
      ["prompt.md", files.prompt],
      ["evidence.md", files.evidence],
      ["task.json", files.task],
    ] as const)
      await writeFile(join(scratch.task, name), content ?? "");
    const vault = await openCheckout(step, scratch);
    await openProduct(vault);
    const ending = await workOn(step, scratch, vault).catch(failedWith);
    return await keepPatch(step, scratch, vault, ending);
  } finally {
    await scratch.close(ports.cancelled.aborted);
  }
}

const idle = (reason: string): Ending => ({ result: "no-change", reason });

async function readTaskFiles(inputs: Step["inputs"]) {
  const { prompt: words, "prompt-file": promptFile } = inputs;
  if ((words === undefined) === (promptFile === undefined))
    throw new Error(
      "`step: work` needs either `prompt-file`, the file that `claim` wrote, or `prompt`, your own words.",
    );
  const read = (name: "prompt-file" | "evidence-file" | "task-file") => {
    const path = inputs[name];
    return path === undefined ? Promise.resolve(undefined) : readInputFile(name, path);
  };
  const [prompt, evidence, task] = await Promise.all([
    read("prompt-file"),
    read("evidence-file"),
    read("task-file"),
  ]);
  return { prompt: prompt ?? words, evidence, task };
}

/** What kind of work it is, by whoever says so first. */
const recipeNameOf = ({ inputs, known }: Step): string =>
  inputs.recipe ?? known.task?.recipe ?? (inputs.prompt === undefined ? "fix-incident" : "prompt");

async function workOn(step: Step, scratch: Scratch, vault: Vault): Promise<Ending> {
  const { inputs, ports, known } = step;
  const recipe = await readBaseRecipe(recipeNameOf(step), vault);
  known.recipe = recipe.name;
  const project = await readProjectChecks(inputs, vault, recipe);
  const place = await enterSandbox(step, scratch, vault, project);
  const minutes = Math.min(inputs["step-timeout-minutes"], recipe.budgets.stepTimeoutMinutes ?? 360);
  const bench = openBench(
    place,
    scratch,
    programFolders(inputs, scratch, place.sandbox.name, ports),
    minutes,
    ports,
  );
  let open: GatedAgent | undefined;
  try {
    if (inputs["dry-run"]) return idle(planOf(inputs, recipe, project));
    known.needsDocker = await findDockerNeed(project, vault, place.sandbox.name);
    if (known.needsDocker !== undefined) say(step, known.needsDocker);
    const promptFile = join(scratch.task, "turn.md");
    const facts = {
      inputs,
      recipe,
      checks: project.checks,
      scratch,
      sandbox: place.sandbox.name,
      network: place.network,
      promptFile,
    };
    open = await openAgent(facts, bench, ports);
    const { agent } = open;
    const attempt: Attempt = {
      ...project,
      ...limitsOf(step, recipe),
      agent,
      // A command of the user's plans for itself.
      plans: agent.name !== "command",
      autonomy: autonomyOf(known.task),
      approvedPlan: known.task?.plan?.text,
      recipe,
      bench,
      vault,
      journal: step.journal,
      sessionCosts: new Map(),
      promptOf: (stage) => promptsOf(recipe, promptFacts(step, scratch, project))[stage] ?? "",
      makeRoom: scratch.makeRoom,
      checkpoint: () => checkpoint(step, vault),
      writePrompt: (prompt) => writeFile(promptFile, prompt),
    };
    return await makeAttempt(attempt);
  } finally {
    bench.close();
    await open?.close();
    await place.network.close();
  }
}

/** A recipe tightens what the workflow allows and never widens it. */
function limitsOf({ inputs }: Step, { budgets }: Recipe) {
  const costs = [inputs["max-cost-usd"], budgets.maxCostUsd].filter((cost) => cost !== undefined);
  return {
    innerAttempts: Math.min(inputs["inner-attempts"], budgets.innerAttempts ?? 20),
    budget: {
      maxTurns: Math.min(inputs["max-turns"], budgets.maxTurns ?? 1000),
      maxCostUsd: costs.length === 0 ? undefined : Math.min(...costs),
    },
    models: { plan: inputs["model-plan"], implement: inputs["model-implement"] },
  };
}

function promptFacts(
  { known, journal, ports }: Step,
  { task }: Scratch,
  { checks }: ProjectChecks,
): PromptFacts {
  const test = checks.find(({ name }) => name === "test");
  return {
    promptFile: join(task, "prompt.md"),
    evidenceFile: join(task, "evidence.md"),
    taskFile: join(task, "task.json"),
    issue: known.task?.issue ?? 0,
    attempt: known.task?.attempt ?? 1,
    testCommand: test?.command,
    ...(journal.plan && { plan: journal.plan.text }),
    ...(journal.failure && { failure: journal.failure }),
    delimiter: ports.makeName(),
  };
}

function planOf(inputs: Step["inputs"], recipe: Recipe, { setup, checks }: ProjectChecks): string {
  const commands = checks.map(({ command }) => command).join(", ") || "nothing, for no test command is known";
  return `\`dry-run\`: ${inputs.agent} would work by the recipe ${recipe.name}, after ${setup?.command ?? "no setup"}, tested by ${commands}.`;
}

const KILLED: Ending = {
  result: "failed",
  reason: "The action was killed before its end. The agent's change up to then is saved.",
};

/** Where the machine ends this process, nothing can be saved any more. What cannot be written now is told at the end. */
async function checkpoint(step: Step, vault: Vault): Promise<void> {
  try {
    const patch = await makePatch(vault);
    const isKept = !(await holdsSecret(vault, patch.bytes, step.ports.secrets));
    const known = isKept && patch.bytes.length > 0 ? { ...step.known, patch } : step.known;
    await writeProducts({ ...step, known }, KILLED);
  } catch {
    // The end of the step meets the same disk.
  }
}

/** Keeps the change, whatever the ending; one that holds a secret is not kept. */
async function keepPatch(step: Step, scratch: Scratch, vault: Vault, ending: Ending): Promise<Ending> {
  const { known, ports } = step;
  const patch = await makePatch(vault).catch(async () => {
    await scratch.makeRoom();
    return makePatch(vault);
  });
  if (patch.bytes.length === 0) return ending;
  if (await holdsSecret(vault, patch.bytes, ports.secrets))
    return {
      result: "refused",
      reason: "The change holds the value of a secret of this job. It is not kept.",
    };
  known.patch = patch;
  return ending;
}
