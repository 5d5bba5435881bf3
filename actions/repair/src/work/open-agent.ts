import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { SECOND } from "@patchpilot/time";
import { checkKey } from "../agents/check-key.ts";
import { createCommandAgent } from "../agents/command.ts";
import { type GatedAgent, openGatedAgent, UNCOUNTED } from "../agents/gated-agent.ts";
import {
  describeInstallation,
  describeNpmFault,
  npmSettings,
  type PackagedAgent,
} from "../agents/install.ts";
import type { ModelMoney } from "../agents/model-gate.ts";
import { quoteWord } from "../process/quote-word.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { CommandRunner, Workplace } from "../step/command-runner.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import type { Scratch } from "../step/scratch.ts";
import type { RepairStep } from "../step/step.ts";

/** What an agent is made from. */
export type AgentFacts = {
  readonly step: RepairStep;
  readonly recipe: Recipe;
  readonly project: ProjectChecks;
  readonly scratch: Scratch;
  /** Where the agent will run. */
  readonly place: Workplace;
  readonly commands: CommandRunner;
  readonly promptFile: string;
  readonly money: ModelMoney;
};

/**
 * Makes the agent, which is installed first if the workflow names no program of its own. Close it after its last call.
 * @throws Error if inputs contradict each other, or npm fails.
 */
export async function openAgent(facts: AgentFacts): Promise<GatedAgent> {
  const { recipe, project, scratch, place, promptFile } = facts;
  const { inputs, ports, journal } = facts.step;
  const sandbox = place.sandbox.name;
  const keys = {
    anthropic: inputs["anthropic-api-key"],
    openai: inputs["openai-api-key"],
    model: inputs["model-api-key"],
  };
  if (inputs.agent === "command") {
    if (inputs.command === undefined)
      throw new Error("`agent: command` needs `command`: the bash command that edits the checkout.");
    return { agent: createCommandAgent(inputs.command, promptFile, keys), ...UNCOUNTED };
  }
  refuseWhatCannotWork(inputs, sandbox);
  if (inputs["model-url"] === undefined)
    await checkKey(inputs.agent, inputs.agent === "codex" ? keys.openai : keys.anthropic, ports.askVendor);
  const settings = join(scratch.agentHome, "settings");
  await mkdir(settings, { recursive: true });
  const agentSettings = {
    commandLine: await findCommandLine(inputs.agent, facts),
    scratch: settings,
    task: scratch.task,
    keys,
    modelUrl: inputs["model-url"],
    model: inputs["model-implement"],
    tools: recipe.tools,
    checks: project.checks.map(({ command }) => command),
    contained: sandbox === "docker" || sandbox === "wall",
    findsKey: sandbox === "none",
  };
  const noProxy = ports.machine["NO_PROXY"] ?? ports.machine["no_proxy"];
  const patience = {
    clock: ports.clock,
    onWait: ({ status, milliseconds }: { readonly status: number; readonly milliseconds: number }) =>
      journal.note(
        `The model answered ${status}; it was waited for, ${Math.round(milliseconds / SECOND)} s.`,
      ),
  };
  const { openGate } = place.network;
  return openGatedAgent(inputs.agent, agentSettings, openGate, noProxy, patience, facts.money);
}

function refuseWhatCannotWork(inputs: RepairStep["inputs"], sandbox: Workplace["sandbox"]["name"]): void {
  if (inputs.agent === "codex" && sandbox === "limited-wall")
    throw new Error(
      "Codex does not work behind the limited wall, where its own sandbox cannot be built. Take another `agent`, or a runner on which the wall can be built (docs/runners.md).",
    );
  if (inputs.agent !== "opencode") return;
  // It has neither its own vendor nor its own model.
  const lacking = (["model-url", "model-implement"] as const).filter((name) => inputs[name] === undefined);
  if (lacking.length === 0) return;
  const named = lacking.map((name) => `\`${name}\``).join(" and ");
  throw new Error(
    `\`agent: opencode\` needs ${named}: the address up to \`/chat/completions\`, such as https://openrouter.ai/api/v1, and the model's name there.`,
  );
}

async function findCommandLine(
  agent: PackagedAgent,
  { step: { inputs, ports }, scratch, place, commands }: AgentFacts,
): Promise<readonly [string, ...string[]]> {
  const path = inputs["agent-path"];
  // A name without a slash is looked up in PATH.
  if (path !== undefined)
    return [isAbsolute(path) || !path.includes("/") ? path : resolve(ports.workspace, path)];
  // In a container the image's own node runs it.
  const inImage = place.sandbox.name === "docker";
  const node = inImage ? "node" : ports.node;
  const options = { version: inputs["agent-version"], folder: scratch.programs, node };
  const { command, args, commandLine } = describeInstallation(agent, options);
  // So that npm takes this folder for the project, and reads no .npmrc of the checkout.
  await writeFile(join(scratch.programs, "package.json"), "{}\n");
  const script = `cd ${quoteWord(scratch.programs)} && ${[command, ...args].map(quoteWord).join(" ")}`;
  const env = inImage ? {} : npmSettings(ports.machine);
  const launch = { command: "bash", args: ["-e", "-c", script], env, stdin: "" };
  const ended = await commands.run(`Install ${agent}`, launch, "installer");
  if (ended.code === 0) return commandLine;
  if (ended.interrupted !== undefined)
    throw new Error(`The step timed out, or the job was cancelled, while ${agent} was being installed.`);
  throw new Error(
    `${agent} could not be installed by npm (${describeNpmFault(ended.output)}). Try again, or name an installed one in \`agent-path\`.`,
  );
}
