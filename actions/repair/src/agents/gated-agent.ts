import { type ModelUsage, priceUsage } from "@patchpilot/incident";
import type { Network } from "../network/network.ts";
import type { Agent } from "./agent.ts";
import type { Patience } from "./ask-patiently.ts";
import { createClaudeCode } from "./claude-code.ts";
import { createCodex } from "./codex.ts";
import type { PackagedAgent } from "./install.ts";
import { ANTHROPIC, type ModelGate, type ModelMoney, OPENAI, openModelGate } from "./model-gate.ts";
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
  const { keys, modelUrl: url } = settings;
  const [key, vendor] = name === "claude-code" ? [keys.anthropic, ANTHROPIC] : [keys.openai, OPENAI];
  if (key === undefined && settings.findsKey) return { agent: createAgent(name, settings), ...UNCOUNTED };
  const gate = await openModelGate({ vendor, key, url, money }, openDoor, patience);
  const token = { anthropic: gate.token, openai: gate.token };
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

const createAgent = (name: PackagedAgent, settings: AgentSettings): Agent =>
  name === "claude-code" ? createClaudeCode(settings) : createCodex(settings);

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
