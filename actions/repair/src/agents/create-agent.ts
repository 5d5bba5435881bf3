import type { Agent } from "./agent.ts";
import { createClaudeCode } from "./claude-code.ts";
import { createCodex } from "./codex.ts";
import type { PackagedAgent } from "./install.ts";
import type { AgentSettings } from "./settings.ts";

/** Makes one of the agents that come from npm; for the user's own see command.ts. */
export function createAgent(name: PackagedAgent, settings: AgentSettings): Agent {
  return name === "claude-code" ? createClaudeCode(settings) : createCodex(settings);
}
