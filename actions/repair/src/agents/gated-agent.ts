import type { Agent } from "./agent.ts";
import { createAgent } from "./create-agent.ts";
import type { PackagedAgent } from "./install.ts";
import { ANTHROPIC, type ModelGate, OPENAI, openModelGate } from "./model-gate.ts";
import type { AgentSettings } from "./settings.ts";

/** An agent, and what ends with the run. */
export type GatedAgent = { readonly agent: Agent; readonly close: () => Promise<void> };

/**
 * Makes an agent that has no key: it asks the model through a gate in this process. A container of ours does not reach
 * this process on loopback, so that an agent in it gets the key itself, and no gate.
 * @param noProxy hosts that the machine reaches without its proxy: the gate is one more
 */
export async function openGatedAgent(
  name: PackagedAgent,
  settings: AgentSettings,
  noProxy: string | undefined,
): Promise<GatedAgent> {
  const { keys, modelUrl, reachesGate } = settings;
  const [key, vendor] = name === "claude-code" ? [keys.anthropic, ANTHROPIC] : [keys.openai, OPENAI];
  if (key === undefined || !reachesGate) return { agent: createAgent(name, settings), close: async () => {} };
  const gate = await openModelGate(vendor, key, modelUrl);
  const token = { anthropic: gate.token, openai: gate.token };
  const agent = createAgent(name, { ...settings, keys: token, modelUrl: gate.url });
  return { agent: passThrough(gate, agent, noProxy), close: gate.close };
}

/** Each call may ask the model as often as it has turns. */
function passThrough(gate: ModelGate, agent: Agent, noProxy: string | undefined): Agent {
  const direct = [noProxy, "127.0.0.1"].filter(Boolean).join(",");
  return {
    ...agent,
    callOf: (turn) => {
      // One more than the turns: an agent that counts for itself comes to its own end first.
      gate.allow(turn.maxTurns + 1);
      const call = agent.callOf(turn);
      return { ...call, env: { ...call.env, NO_PROXY: direct, no_proxy: direct } };
    },
  };
}
