import { omitUndefined } from "@patchpilot/optional";
import { type Agent, NOTHING_TOLD } from "./agent.ts";
import { describeStatus, lastWords, OUT_OF_TIME } from "./sentences.ts";
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
        ...omitUndefined({
          ANTHROPIC_API_KEY: keys.anthropic,
          OPENAI_API_KEY: keys.openai,
          MODEL_API_KEY: keys.model,
        }),
      },
      stdin: turn.prompt,
    }),
    readReport: ({ code, interrupted, stdout, stderr }) => {
      if (interrupted) return { ...NOTHING_TOLD, ended: "timeout", reason: OUT_OF_TIME };
      if (code === 0)
        return { ...NOTHING_TOLD, ended: "done", text: stdout.trim().slice(-20_000), reason: "" };
      const reason = `The command ended ${describeStatus(code)}. ${lastWords(stderr, stdout)}`;
      return { ...NOTHING_TOLD, ended: "crashed", reason };
    },
  };
}
