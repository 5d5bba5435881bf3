import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isStopped } from "@patchpilot/action-kit/contract";
import { readLimits } from "@patchpilot/patch-policy";
import { MINUTE } from "@patchpilot/time";
import { makePatch, openAgentChanges } from "../patch/agent-changes.ts";
import type { Vault } from "../patch/vault.ts";
import { fillPrompt, type PromptFacts } from "../recipes/prompts.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { writeResultFiles } from "../result/result-files.ts";
import { checkCommands } from "../step/check-commands.ts";
import { openCommandRunner } from "../step/command-runner.ts";
import { enterSandbox } from "../step/enter-sandbox.ts";
import type { RepairEnding } from "../step/journal.ts";
import { leaveOutUntestable } from "../step/leave-out-untestable.ts";
import { openCheckout } from "../step/open-checkout.ts";
import { readBaseRecipe } from "../step/read-base-recipe.ts";
import { readNetworkPolicy } from "../step/read-network-policy.ts";
import {
  type ProjectChecks,
  readProjectChecks,
  spellOutProjectCommands,
} from "../step/read-project-checks.ts";
import { openScratch, type Scratch } from "../step/scratch.ts";
import { endAs, failWith, type RepairStep, say } from "../step/step.ts";
import { judgeAutonomy, parseTask, readInputFile } from "../step/task.ts";
import { openBaseTests } from "./base-tests.ts";
import { openCostMeter, readPrices, tightenLimits, tightenMinutes } from "./budget.ts";
import { findDockerNeed } from "./find-docker-need.ts";
import { findProgramFolders } from "./find-program-folders.ts";
import { holdsSecret } from "./find-secrets.ts";
import { openAgentGit } from "./find-side-work.ts";
import { type AgentFacts, openAgent } from "./open-agent.ts";
import { openPatchGate } from "./patch-gate.ts";
import { runRepairLoop } from "./repair-loop.ts";

/** `step: work`: lets the agent make a change, and keeps it, whatever happens. */
export async function work(step: RepairStep): Promise<RepairEnding> {
  const { inputs, ports, journal } = step;
  const files = await readTaskFiles(inputs);
  journal.learn({ agent: inputs.agent });
  const task = files["task.json"];
  if (task !== undefined) journal.learn({ task: parseTask(task) });
  if (isStopped(inputs.stop)) return endAs("no-change", "`stop` is set: nothing is run.");
  if (judgeAutonomy(journal.facts.task) === "observe")
    return endAs("no-change", "The task's autonomy is `observe`: nothing is run.");
  const scratch = await openScratch(ports.temporaryFolder);
  try {
    for (const [name, content] of Object.entries(files))
      await writeFile(join(scratch.task, name), content ?? "");
    const vault = await openCheckout(step, scratch);
    await openAgentChanges(vault);
    const ending = await workOn(step, scratch, vault).catch(failWith(journal));
    return await keepPatch(step, scratch, vault, ending);
  } finally {
    await scratch.close(ports.cancelled.aborted);
  }
}

async function readTaskFiles(inputs: RepairStep["inputs"]) {
  const { prompt: words, "prompt-file": promptFile } = inputs;
  if ((words === undefined) === (promptFile === undefined))
    throw new Error(
      "`step: work` needs either `prompt-file`, the file that `claim` wrote, or `prompt`, your own words.",
    );
  return {
    "prompt.md": (await readInputFile(inputs, "prompt-file")) ?? words,
    "evidence.md": await readInputFile(inputs, "evidence-file"),
    "task.json": await readInputFile(inputs, "task-file"),
  };
}

/** What kind of work it is, by whoever says so first. */
const chooseRecipeName = ({ inputs, journal }: RepairStep): string =>
  inputs.recipe ?? journal.facts.task?.recipe ?? (inputs.prompt === undefined ? "fix-incident" : "prompt");

async function workOn(step: RepairStep, scratch: Scratch, vault: Vault): Promise<RepairEnding> {
  const { inputs, ports, journal } = step;
  const recipe = await readBaseRecipe(chooseRecipeName(step), vault);
  journal.learn({ recipe: recipe.name });
  const project = await readProjectChecks(inputs, vault, recipe);
  const policy = await readNetworkPolicy(inputs, vault, project);
  const place = await enterSandbox(step, { scratch, vault, project, policy });
  const minutes = tightenMinutes(inputs, recipe, journal.facts.task);
  const programs = findProgramFolders(inputs, scratch, place.sandbox.name, ports);
  const commands = openCommandRunner(place, scratch, programs, minutes, ports);
  try {
    if (inputs["dry-run"]) return endAs("no-change", describeDryRun(inputs, recipe, project));
    await checkCommands(step, vault, project, place.sandbox);
    const testable = await leaveOutUntestable(step, commands, project, place.sandbox.name);
    if (testable.ending !== undefined) return testable.ending;
    const needsDocker = await findDockerNeed(project, vault, place.sandbox.name);
    if (needsDocker !== undefined) {
      journal.learn({ needsDocker });
      say(step, needsDocker);
    }
    return await letAgentWork({ step, scratch, vault, recipe, project: testable.project, place, commands });
  } finally {
    await commands.close();
    await place.network.close();
  }
}

type WorkReady = Omit<AgentFacts, "promptFile" | "money"> & { readonly vault: Vault };

async function letAgentWork(ready: WorkReady): Promise<RepairEnding> {
  const { step, scratch, vault, recipe, project, commands } = ready;
  const { inputs, journal } = step;
  const { task } = journal.facts;
  const promptFile = join(scratch.task, "turn.md");
  const limits = tightenLimits(inputs, recipe, task);
  const money = { prices: readPrices(inputs, task), maxUsd: limits.budget.maxCostUsd };
  const { agent, usage, spentUsd, close } = await openAgent({ ...ready, promptFile, money });
  const most = (inputs["step-timeout-minutes"] * MINUTE) / 4;
  const around = { workspace: vault.workTree, commands, journal, temporary: scratch.temporary };
  try {
    return await runRepairLoop({
      project,
      ...limits,
      agent,
      measureCost: openCostMeter(spentUsd),
      autonomy: judgeAutonomy(task),
      approvedPlan: task?.plan?.text,
      recipe,
      commands,
      around,
      base: openBaseTests(vault, journal, most),
      vault,
      git: openAgentGit(ready.place.sandbox, scratch, vault, commands),
      journal,
      gate: openPatchGate(vault, readLimits(inputs), await spellOutProjectCommands(project)),
      fillPrompt: (stage) => fillPrompt(recipe, stage, makePromptFacts(step, scratch, project)),
      makeRoom: scratch.makeRoom,
      checkpoint: () => checkpoint(step, vault),
      writePrompt: (prompt) => writeFile(promptFile, prompt),
    });
  } finally {
    await close();
    const used = usage();
    if (used !== undefined) journal.learn({ usage: [...used] });
  }
}

function makePromptFacts(
  { journal, ports }: RepairStep,
  { task }: Scratch,
  { checks }: ProjectChecks,
): PromptFacts {
  const tests = checks.filter(({ name }) => name === "test").map(({ command }) => command);
  return {
    promptFile: join(task, "prompt.md"),
    evidenceFile: join(task, "evidence.md"),
    taskFile: join(task, "task.json"),
    issue: journal.facts.task?.issue ?? 0,
    attempt: journal.facts.task?.attempt ?? 1,
    testCommand: tests.length === 0 ? undefined : tests.join("\n"),
    ...(journal.story.plan && { plan: journal.story.plan.text }),
    ...(journal.story.failure && { failure: journal.story.failure }),
    delimiter: ports.makeName(),
  };
}

function describeDryRun(
  inputs: RepairStep["inputs"],
  recipe: Recipe,
  { setup, checks }: ProjectChecks,
): string {
  const commands =
    checks.map(({ command }) => command).join(", ") || "nothing, because no test command is known";
  return `\`dry-run\`: ${inputs.agent} would work by the recipe ${recipe.name}, after ${setup?.command ?? "no setup"}, tested by ${commands}.`;
}

const KILLED = endAs(
  "failed",
  "The action was killed before its end. The agent's change up to then is saved.",
  { cause: "infrastructure" },
);

/** Nothing can be saved once the machine ends this process. What cannot be written now is reported at the end. */
async function checkpoint(step: RepairStep, vault: Vault): Promise<void> {
  try {
    const patch = await makePatch(vault);
    const isKept = patch.bytes.length > 0 && !(await holdsSecret(vault, patch.bytes, step.ports.secrets));
    await writeResultFiles(step, KILLED, isKept ? patch : undefined);
  } catch {
    // The end of the step meets the same disk.
  }
}

/** Keeps the change, whatever the ending; one that holds a secret is not kept. */
async function keepPatch(
  { ports, journal }: RepairStep,
  scratch: Scratch,
  vault: Vault,
  ending: RepairEnding,
): Promise<RepairEnding> {
  const patch = await makePatch(vault).catch(async () => {
    await scratch.makeRoom();
    return makePatch(vault);
  });
  if (patch.bytes.length === 0) return ending;
  if (await holdsSecret(vault, patch.bytes, ports.secrets))
    return endAs("refused", "The change contains the value of a secret of this job. It is not kept.");
  journal.learn({ patch });
  return ending;
}
