import { omitUndefined } from "@patchpilot/optional";
import type { Agent, AgentTurn } from "./agent.ts";
import { readClaudeReply } from "./claude-code-reply.ts";
import { HOUSE_RULES } from "./sentences.ts";
import type { AgentSettings } from "./settings.ts";
import { splitSimpleCommands } from "./split-commands.ts";

/**
 * Claude Code, as `claude -p` runs it: one prompt on stdin, one JSON object on stdout.
 * Nothing of the checkout configures it: no settings, hooks or MCP servers, which an agent could change
 * between two calls. What it may not do without asking is refused, as nobody is there to be asked.
 */
export function createClaudeCode(settings: AgentSettings): Agent {
  const [command, ...first] = settings.commandLine;
  return {
    name: "claude-code",
    makeCall: (turn) => ({
      command,
      args: [...first, ...makeClaudeArguments(turn, settings)],
      env: makeClaudeEnvironment(settings),
      stdin: turn.prompt,
    }),
    readReport: readClaudeReply,
  };
}

/** The built-in tools that only look. */
const READING = ["Read", "Glob", "Grep"];

function makeClaudeArguments(turn: AgentTurn, settings: AgentSettings): string[] {
  const tools = pickTools(turn, settings);
  const rules = { disableAllHooks: true, permissions: { allow: listAllowed(tools, settings) } };
  const mode = tools.includes("Edit") ? "acceptEdits" : "dontAsk";
  return [
    ...["-p", "--output-format", "json", "--max-turns", String(turn.maxTurns)],
    ...(turn.maxCostUsd === undefined ? [] : ["--max-budget-usd", String(turn.maxCostUsd)]),
    ...(turn.model === undefined ? [] : ["--model", turn.model]),
    ...(turn.session === undefined ? [] : ["--resume", turn.session]),
    ...["--setting-sources", "user", "--strict-mcp-config"],
    ...["--settings", JSON.stringify(rules)],
    ...["--tools", tools.join(",")],
    // Claude's own plan mode asks for a plan in a file and for a tool that only a person can answer; without
    // tools that change anything, the plan is the answer.
    ...["--permission-mode", mode, "--permission-prompts", "none"],
    ...["--append-system-prompt", HOUSE_RULES],
  ];
}

function pickTools(turn: AgentTurn, settings: AgentSettings): string[] {
  if (turn.stage === "plan") return READING;
  const edits = settings.tools.includes("edit");
  const runs = settings.tools.includes("run-commands") || settings.tools.includes("run-checks");
  return [...READING, ...(edits ? ["Edit", "Write"] : []), ...(runs ? ["Bash"] : [])];
}

/** Rules for what is allowed without asking. Edits in the checkout are: `acceptEdits`. Others are not. */
function listAllowed(tools: readonly string[], settings: AgentSettings): string[] {
  if (!tools.includes("Bash")) return READING;
  if (settings.tools.includes("run-commands")) return [...READING, "Bash"];
  return [...READING, ...settings.checks.flatMap(splitSimpleCommands).map((command) => `Bash(${command}:*)`)];
}

function makeClaudeEnvironment({ keys, modelUrl, scratch }: AgentSettings): Record<string, string> {
  return {
    ...omitUndefined({ ANTHROPIC_API_KEY: keys.anthropic, ANTHROPIC_BASE_URL: modelUrl }),
    CLAUDE_CONFIG_DIR: scratch,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    // By default a constant 401 is retried for longer than 45 seconds.
    CLAUDE_CODE_MAX_RETRIES: "1",
  };
}
