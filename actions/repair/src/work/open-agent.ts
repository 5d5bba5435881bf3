import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { createCommandAgent } from "../agents/command.ts";
import { type GatedAgent, openGatedAgent } from "../agents/gated-agent.ts";
import { describeNpmFault, installationOf, npmSettings, type PackagedAgent } from "../agents/install.ts";
import type { Inputs } from "../contract.ts";
import type { Network } from "../network/network.ts";
import type { Ports } from "../ports.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Bench } from "../step/command-runner.ts";
import type { Check } from "../step/run-check.ts";
import type { Scratch } from "../step/scratch.ts";

/** What an agent is made from. */
export type AgentFacts = {
  readonly inputs: Inputs;
  readonly recipe: Recipe;
  readonly checks: readonly Check[];
  readonly scratch: Scratch;
  /** Where the agent will run. */
  readonly sandbox: Sandbox["name"];
  readonly network: Network;
  readonly promptFile: string;
};

/**
 * Makes the agent, which is installed first where the workflow names no program of its own. Close it after its last call.
 * @throws Error where inputs contradict each other, or npm fails.
 */
export async function openAgent(facts: AgentFacts, bench: Bench, ports: Ports): Promise<GatedAgent> {
  const { inputs, recipe, checks, scratch, sandbox, network, promptFile } = facts;
  const keys = { anthropic: inputs["anthropic-api-key"], openai: inputs["openai-api-key"] };
  if (inputs.agent === "command") {
    if (inputs.command === undefined)
      throw new Error("`agent: command` needs `command`: the bash command that edits the checkout.");
    return { agent: createCommandAgent(inputs.command, promptFile, keys), close: async () => {} };
  }
  if (inputs.agent === "codex" && sandbox === "limited-wall")
    throw new Error(
      "Codex does not work behind the limited wall, where its own sandbox cannot be built. Take another `agent`, or a runner on which the wall can be built (docs/runners.md).",
    );
  const settings = join(scratch.agentHome, "settings");
  await mkdir(settings, { recursive: true });
  const agentSettings = {
    commandLine: await commandLineOf(inputs.agent, facts, bench, ports),
    scratch: settings,
    keys,
    modelUrl: inputs["model-url"],
    tools: recipe.tools,
    checks: checks.map(({ command }) => command),
    contained: sandbox === "docker" || sandbox === "wall",
    findsKey: sandbox === "none",
  };
  const noProxy = ports.machine["NO_PROXY"] ?? ports.machine["no_proxy"];
  return openGatedAgent(inputs.agent, agentSettings, network.openGate, noProxy);
}

async function commandLineOf(
  agent: PackagedAgent,
  { inputs, scratch, sandbox }: AgentFacts,
  bench: Bench,
  ports: Ports,
): Promise<readonly [string, ...string[]]> {
  const path = inputs["agent-path"];
  // A name without a slash is looked up in PATH.
  if (path !== undefined)
    return [isAbsolute(path) || !path.includes("/") ? path : resolve(ports.workspace, path)];
  // In a container the image's own node runs it.
  const inImage = sandbox === "docker";
  const node = inImage ? "node" : ports.node;
  const options = { version: inputs["agent-version"], folder: scratch.programs, node };
  const { command, args, commandLine } = installationOf(agent, options);
  // So that npm takes this folder for the project, and reads no .npmrc of the checkout.
  await writeFile(join(scratch.programs, "package.json"), "{}\n");
  const script = `cd ${quote(scratch.programs)} && ${[command, ...args].map(quote).join(" ")}`;
  const env = inImage ? {} : npmSettings(ports.machine);
  const launch = { command: "bash", args: ["-e", "-c", script], env, stdin: "" };
  const ended = await bench.run(`Install ${agent}`, launch, "installer");
  if (ended.code === 0) return commandLine;
  if (ended.interrupted !== undefined)
    throw new Error(`The time was up, or the job was cancelled, while ${agent} was being installed.`);
  throw new Error(
    `${agent} could not be installed by npm (${describeNpmFault(ended.output)}). Try again, or name an installed one in \`agent-path\`.`,
  );
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
