import type { Agent } from "./agent.ts";
import { lastWords, OUT_OF_TIME } from "./sentences.ts";
import type { Keys } from "./settings.ts";

/**
 * Any command of the user's. It finds the prompt in $PATCHPILOT_PROMPT_FILE and on stdin, changes the checkout, and
 * ends with 0. It has no sessions, and tells neither turns nor money.
 * @param line a line of bash
 * @param promptFile where the loop writes each turn's prompt
 * @param keys the keys that the workflow gave: a command may be an agent, too
 */
export function createCommandAgent(line: string, promptFile: string, keys: Keys): Agent {
  return {
    name: "command",
    makeCall: (turn) => ({
      command: "bash",
      args: ["-c", line],
      env: {
        PATCHPILOT_PROMPT_FILE: promptFile,
        PATCHPILOT_STAGE: turn.stage,
        ...(keys.anthropic === undefined ? {} : { ANTHROPIC_API_KEY: keys.anthropic }),
        ...(keys.openai === undefined ? {} : { OPENAI_API_KEY: keys.openai }),
      },
      stdin: turn.prompt,
    }),
    readReport: ({ code, timedOut, stdout, stderr }) => {
      const told = { session: undefined, text: "", turns: null, costUsd: null, denied: [] };
      if (timedOut) return { ...told, ended: "timeout", reason: OUT_OF_TIME };
      if (code === 0) return { ...told, ended: "done", text: stdout.trim().slice(-2_000), reason: "" };
      const status = code === null ? "by a signal" : `with status ${code}`;
      return {
        ...told,
        ended: "crashed",
        reason: `The command ended ${status}. ${lastWords(stderr, stdout)}`,
      };
    },
  };
}
