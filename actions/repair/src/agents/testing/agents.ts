import type { AgentExit, AgentTurn } from "../agent.ts";
import type { AgentSettings } from "../settings.ts";

export const makeSettings = (more: Partial<AgentSettings> = {}): AgentSettings => ({
  commandLine: ["node", "/agents/start.js"],
  scratch: "/scratch",
  task: "/task",
  keys: { anthropic: "sk-ant-secret", openai: "sk-secret", model: "sk-model-secret" },
  modelUrl: undefined,
  model: undefined,
  tools: ["edit", "run-checks"],
  checks: ["npm test"],
  contained: false,
  findsKey: false,
  ...more,
});

export const makeTurn = (more: Partial<AgentTurn> = {}): AgentTurn => ({
  stage: "implement",
  prompt: "Repair the total.",
  model: undefined,
  maxTurns: 40,
  maxCostUsd: undefined,
  session: undefined,
  ...more,
});

export const makeExit = (stdout: string, more: Partial<AgentExit> = {}): AgentExit => ({
  code: 0,
  interrupted: undefined,
  stdout,
  stderr: "",
  ...more,
});

/** The values of a flag that may be given more than once. */
export const findValues = (args: readonly string[], flag: string): string[] =>
  args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []));
