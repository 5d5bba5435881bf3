import { omitUndefined } from "@patchpilot/optional";
import type { Agent, AgentTurn } from "./agent.ts";
import { readCodexEvents } from "./codex-events.ts";
import type { AgentSettings } from "./settings.ts";

/** The variable that Codex reads the key from, and keeps from the commands that it runs. */
const KEY = "OPENAI_API_KEY";

/**
 * OpenAI Codex, as `codex exec --json` runs it: the prompt on stdin, one event a line on stdout.
 * Nothing of the user's or the checkout's configures it, beside AGENTS.md. Its own sandbox is on, without
 * network, except inside a wall of ours, which does what it would do and in which it could not build a second one.
 */
export function createCodex(settings: AgentSettings): Agent {
  const [command, ...first] = settings.commandLine;
  return {
    name: "codex",
    makeCall: (turn) => ({
      command,
      args: [...first, ...makeCodexArguments(turn, settings)],
      env: { ...omitUndefined({ [KEY]: settings.keys.openai }), CODEX_HOME: settings.scratch },
      stdin: turn.prompt,
    }),
    readReport: readCodexEvents,
  };
}

function makeCodexArguments(turn: AgentTurn, settings: AgentSettings): string[] {
  return [
    "exec",
    // `exec resume` knows fewer flags than `exec`; `-c` says the same to both.
    ...(turn.session === undefined ? [] : ["resume"]),
    ...["--json", "--ignore-user-config", "--ignore-rules", "--skip-git-repo-check"],
    ...(turn.model === undefined ? [] : ["-m", turn.model]),
    ...listSettings(turn, settings).flatMap((entry) => ["-c", entry]),
    ...(turn.session === undefined ? [] : [turn.session]),
    "-",
  ];
}

function listSettings(turn: AgentTurn, settings: AgentSettings): string[] {
  const url = settings.modelUrl ?? "https://api.openai.com";
  const provider = [
    'name = "patchpilot"',
    `base_url = ${JSON.stringify(`${url.replace(/\/+$/, "")}/v1`)}`,
    `env_key = "${KEY}"`,
    'wire_api = "responses"',
    ...["request_max_retries = 1", "stream_max_retries = 1"],
  ];
  return [
    `sandbox_mode="${pickCodexSandbox(turn, settings)}"`,
    'approval_policy="never"',
    'model_provider="patchpilot"',
    `model_providers.patchpilot={ ${provider.join(", ")} }`,
    // By default commands inherit the key; a login shell would forget the job's PATH.
    `shell_environment_policy.exclude=["${KEY}"]`,
    "allow_login_shell=false",
    'web_search="disabled"',
    // Else it asks GitHub and ChatGPT for plugins and reports what it does; hooks are the checkout's.
    ...["features.plugins=false", "features.apps=false", "features.hooks=false", "analytics.enabled=false"],
  ];
}

function pickCodexSandbox(turn: AgentTurn, { tools, contained }: AgentSettings): string {
  if (contained) return "danger-full-access";
  return turn.stage === "plan" || !tools.includes("edit") ? "read-only" : "workspace-write";
}
