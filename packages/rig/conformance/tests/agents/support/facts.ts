import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";

/** The key that the scripted model takes. It must never be seen anywhere else. */
export const KEY = "sk-ant-scripted-0123456789abcdef";

/** Models that the agents know by name. */
export const MODELS: Readonly<Record<PackagedAgent, string>> = {
  "claude-code": "claude-sonnet-4-5",
  codex: "gpt-5.5",
  // It knows none: the server does.
  opencode: "scripted-1",
};
