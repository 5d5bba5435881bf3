import { omitUndefined } from "@patchpilot/optional";
import { quoteWord } from "../process/quote-word.ts";
import type { Agent, AgentTurn } from "./agent.ts";
import { readOpenCodeEvents } from "./opencode-events.ts";
import { nameOpenCodeHomes } from "./opencode-home.ts";
import { HOUSE_RULES } from "./sentences.ts";
import type { AgentSettings } from "./settings.ts";
import { splitSimpleCommands } from "./split-commands.ts";

/** The variable that OpenCode reads the key from. */
const KEY = "MODEL_API_KEY";
const PROVIDER = "patchpilot";

/**
 * OpenCode, as `opencode run --format json` runs it: the prompt on stdin, one event a line on stdout. It asks any server that
 * speaks chat completions. Its configuration is all in one variable: nothing of the user's or the checkout's has a part
 * in it. What it may not do is denied and never asked for: nobody is there to answer.
 */
export function createOpenCode(settings: AgentSettings): Agent {
  return {
    name: "opencode",
    readReport: readOpenCodeEvents,
    makeCall: (turn) => {
      const stdin = turn.session === undefined ? `${HOUSE_RULES}\n\n${turn.prompt}` : turn.prompt;
      const args = ["-c", makeScript(turn, settings)];
      return { command: "sh", args, env: makeOpenCodeEnvironment(turn, settings), stdin };
    },
  };
}

/**
 * It ends before it has printed all of its events, on a busy machine before the first one. So what it stored is printed
 * after it, under a line that says so.
 */
function makeScript(turn: AgentTurn, { commandLine }: AgentSettings): string {
  const run = [...commandLine, ...makeOpenCodeArguments(turn)].map(quoteWord).join(" ");
  const read = [...commandLine, "db", `${STORED} >= `].map(quoteWord).join(" ");
  return [
    "begun=$(date +%s)",
    run,
    "ended=$?",
    // It keeps the time in milliseconds.
    `${read}"$begun"${quoteWord("000 order by m.id, p.id")} </dev/null`,
    'exit "$ended"',
  ].join("\n");
}

/** What the model answered since a point of time, one part a row, with the error that ended it, without what its tools printed. */
const STORED = [
  "select json_object('sessionID', m.session_id, 'error', json(m.data -> 'error'), 'part', json(json_remove(p.data,",
  "'$.state.output', '$.state.metadata'))) as stored from message m left join part p on p.message_id = m.id",
  "where m.data ->> 'role' = 'assistant' and m.time_created",
].join(" ");

function makeOpenCodeArguments({ session }: AgentTurn): string[] {
  return [
    ...["run", "--format", "json", "--agent", "build"],
    // Without a title it asks the model for one.
    ...(session === undefined ? ["--title", "repair"] : ["--session", session]),
  ];
}

function makeOpenCodeEnvironment(turn: AgentTurn, settings: AgentSettings): Record<string, string> {
  const switches = [
    ...["PROJECT_CONFIG", "CLAUDE_CODE", "EXTERNAL_SKILLS", "DEFAULT_PLUGINS"],
    ...["MODELS_FETCH", "AUTOUPDATE", "LSP_DOWNLOAD", "SHARE"],
  ].map((name) => [`OPENCODE_DISABLE_${name}`, "1"]);
  return {
    ...omitUndefined({ [KEY]: settings.keys.model }),
    ...nameOpenCodeHomes(settings.scratch),
    ...Object.fromEntries(switches),
    OPENCODE_PURE: "1",
    OPENCODE_CONFIG_CONTENT: JSON.stringify(makeConfiguration(turn, settings)),
  };
}

function makeConfiguration(turn: AgentTurn, settings: AgentSettings) {
  const model = turn.model ?? settings.model ?? "";
  const named = `${PROVIDER}/${model}`;
  return {
    ...{ model: named, small_model: named, enabled_providers: [PROVIDER] },
    provider: {
      [PROVIDER]: {
        npm: "@ai-sdk/openai-compatible",
        name: "PatchPilot",
        options: { baseURL: settings.modelUrl, apiKey: `{env:${KEY}}` },
        models: { [model]: { name: model } },
      },
    },
    permission: listPermissions(turn, settings),
    ...{ share: "disabled", autoupdate: false, snapshot: false, lsp: false, formatter: false },
  };
}

/** The last rule that fits decides. What is allowed as a whole is a tool; the others are not even offered. */
function listPermissions({ stage }: AgentTurn, { tools, checks, task }: AgentSettings) {
  const reading = {
    "*": "deny",
    // The gate's limit ends what goes in circles.
    ...allow(["read", "glob", "grep", "list", "doom_loop"]),
    // Else it could read neither its task nor the evidence.
    external_directory: { "*": "deny", [`${task}/*`]: "allow" },
  };
  if (stage === "plan") return reading;
  const edits = tools.includes("edit") ? allow(["edit", "todowrite"]) : {};
  if (tools.includes("run-commands"))
    return { ...reading, ...edits, ...allow(["bash", "external_directory"]) };
  if (!tools.includes("run-checks")) return { ...reading, ...edits };
  const commands = checks.flatMap(splitSimpleCommands).flatMap((command) => [command, `${command} *`]);
  return { ...reading, ...edits, bash: { "*": "deny", ...allow(commands) } };
}

const allow = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "allow"]));
