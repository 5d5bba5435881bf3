import type { Deed, ModelStep } from "./script.ts";

/** Tokens that every answer of the scripted model costs. */
const USAGE = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };

/** An answer as chat completions stream it (https://platform.openai.com/docs/api-reference/chat-streaming). */
export function answerAsChat(
  step: Exclude<ModelStep, { fail: number } | { hang: true }>,
  { id, model }: { readonly id: number; readonly model: string },
): string {
  const common = { id: `chatcmpl-${id}`, object: "chat.completion.chunk", created: 1_767_225_600, model };
  const choose = (delta: object, finish_reason: string | null) => ({
    ...common,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    choose({ role: "assistant", ...toDelta(step, id) }, null),
    choose({}, "do" in step ? "tool_calls" : "stop"),
    { ...common, choices: [], usage: USAGE },
  ];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");
}

function toDelta(step: Parameters<typeof answerAsChat>[0], id: number): object {
  if ("say" in step) return { content: step.say };
  if ("refuse" in step) return { refusal: step.refuse };
  const tool_calls = step.do.map(toTool).map(({ name, input }, index) => ({
    ...{ index, id: `call_${id}_${index}`, type: "function" },
    function: { name, arguments: JSON.stringify(input) },
  }));
  return { content: null, tool_calls };
}

/** A deed as a tool of OpenCode's. */
function toTool(deed: Deed): { readonly name: string; readonly input: object } {
  if ("tool" in deed) return { name: deed.tool, input: deed.input };
  if ("run" in deed) return { name: "bash", input: { command: deed.run, description: "scripted" } };
  if ("write" in deed) return { name: "write", input: { filePath: deed.write, content: deed.content } };
  return { name: "edit", input: { filePath: deed.edit, oldString: deed.from, newString: deed.to } };
}
