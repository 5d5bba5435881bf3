import type { Agent } from "./agent.ts";
import { createClaudeCode } from "./claude-code.ts";
import { createCodex } from "./codex.ts";
import type { PackagedAgent } from "./install.ts";
import { ANTHROPIC, type ModelGate, OPENAI, openModelGate } from "./model-gate.ts";
import type { AgentSettings } from "./settings.ts";

/** An agent, and what ends with the run. */
export type OpenAgent = { readonly agent: Agent; readonly close: () => Promise<void> };

/**
 * Makes one of the agents that come from npm; for the user's own see command.ts.
 * Where the agent can reach this process on loopback, the key stays here, behind a gate; a container of ours cannot,
 * so that it gets the key itself.
 * @param noProxy hosts that the machine reaches without its proxy: the gate is one more
 */
export async function openAgent(
  name: PackagedAgent,
  settings: AgentSettings,
  noProxy: string | undefined,
): Promise<OpenAgent> {
  const create = name === "claude-code" ? createClaudeCode : createCodex;
  const { keys, modelUrl, contained } = settings;
  const [key, vendor] = name === "claude-code" ? [keys.anthropic, ANTHROPIC] : [keys.openai, OPENAI];
  if (key === undefined || contained) return { agent: create(settings), close: async () => {} };
  const gate = await openModelGate(vendor, key, modelUrl);
  const behind = { ...settings, keys: { anthropic: gate.token, openai: gate.token }, modelUrl: gate.url };
  return { agent: passThrough(gate, create(behind), noProxy), close: gate.close };
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
