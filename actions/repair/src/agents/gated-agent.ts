import { type ModelUsage, priceUsage } from "@patchpilot/incident";
import type { Network } from "../network/network.ts";
import type { Agent } from "./agent.ts";
import type { Patience } from "./ask-patiently.ts";
import { createClaudeCode } from "./claude-code.ts";
import { createCodex } from "./codex.ts";
import type { PackagedAgent } from "./install.ts";
import {
  ANTHROPIC,
  CHAT,
  type ModelFacts,
  type ModelGate,
  type ModelMoney,
  OPENAI,
  openModelGate,
} from "./model-gate.ts";
import { createOpenCode } from "./opencode.ts";
import { furnishOpenCode } from "./opencode-home.ts";
import type { AgentSettings } from "./settings.ts";

/** An agent, and what ends with the run. */
export type GatedAgent = {
  readonly agent: Agent;
  /** Counted outside of the agent's reach; undefined: it asks the model by itself. */
  readonly usage: () => readonly ModelUsage[] | undefined;
  /** Dollars so far, by the price list; null: not known. */
  readonly spentUsd: () => number | null;
  readonly close: () => Promise<void>;
};

/**
 * Makes an agent that has no key: it asks the model through a gate in this process. Only where the workflow gives none, and
 * the machine may have one, it asks by itself.
 * @param noProxy hosts that are reached without a proxy: the gate is one more
 */
export async function openGatedAgent(
  name: PackagedAgent,
  settings: AgentSettings,
  openDoor: Network["openGate"],
  noProxy: string | undefined,
  patience: Patience,
  money: ModelMoney,
): Promise<GatedAgent> {
  if (name === "opencode") await furnishOpenCode(settings);
  const facts = FACTS[name](settings);
  // OpenCode looks for no key of the machine's, and some who speak chat completions want none.
  if (facts.key === undefined && settings.findsKey && name !== "opencode")
    return { agent: createAgent(name, settings), ...UNCOUNTED };
  const gate = await openModelGate({ ...facts, money }, openDoor, patience);
  const token = { anthropic: gate.token, openai: gate.token, model: gate.token };
  const agent = createAgent(name, { ...settings, keys: token, modelUrl: gate.url });
  const spentUsd = () => {
    const { usd, isWhole } = priceUsage(gate.usage(), money.prices);
    return isWhole && money.prices.models.size > 0 ? usd : null;
  };
  return { agent: passThrough(gate, agent, noProxy), usage: gate.usage, spentUsd, close: gate.close };
}

/** Of an agent that asks its model by itself. */
export const UNCOUNTED: Omit<GatedAgent, "agent"> = {
  usage: () => undefined,
  spentUsd: () => null,
  close: async () => {},
};

const FACTS: Readonly<Record<PackagedAgent, (settings: AgentSettings) => Omit<ModelFacts, "money">>> = {
  "claude-code": ({ keys, modelUrl: url }) => ({ vendor: ANTHROPIC, key: keys.anthropic, url }),
  codex: ({ keys, modelUrl: url }) => ({ vendor: OPENAI, key: keys.openai, url }),
  opencode: ({ keys, modelUrl }) => ({ vendor: CHAT, key: keys.model, url: modelUrl && findChat(modelUrl) }),
};

/** Vendors name the address with its version, such as https://openrouter.ai/api/v1; a mere host gets the usual one. */
const findChat = (url: string): string => (new URL(url).pathname === "/" ? new URL("/v1", url).href : url);

const CREATE: Readonly<Record<PackagedAgent, (settings: AgentSettings) => Agent>> = {
  "claude-code": createClaudeCode,
  codex: createCodex,
  opencode: createOpenCode,
};

const createAgent = (name: PackagedAgent, settings: AgentSettings): Agent => CREATE[name](settings);

/** Each call may ask the model as often as it has turns. */
function passThrough(gate: ModelGate, agent: Agent, noProxy: string | undefined): Agent {
  const { hostname } = new URL(gate.url);
  const direct = [...new Set([...(noProxy ?? "").split(","), hostname])].filter(Boolean).join(",");
  return {
    ...agent,
    makeCall: (turn) => {
      // One more than the turns: an agent that counts for itself comes to its own end first.
      gate.allow(turn.maxTurns + 1);
      const call = agent.makeCall(turn);
      return { ...call, env: { ...call.env, NO_PROXY: direct, no_proxy: direct } };
    },
  };
}
