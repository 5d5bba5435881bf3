import { type Deed, ERROR_TYPES, type ModelStep } from "./script.ts";

/** Tokens that every answer of the scripted model costs. */
const USAGE = {
  input_tokens: 1_000,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 100,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 1_100,
};

/** An answer as the Responses API streams it (https://platform.openai.com/docs/api-reference/responses-streaming). */
export function answerAsOpenAi(
  step: Exclude<ModelStep, { fail: number } | { hang: true }>,
  facts: { id: number },
): string {
  const id = `resp_${facts.id}`;
  const items = toItems(step, facts.id);
  const events: [string, object][] = [
    ["response.created", { response: { id, status: "in_progress", output: [] } }],
    ...items.flatMap((item, output_index): [string, object][] => [
      ["response.output_item.added", { output_index, item }],
      ["response.output_item.done", { output_index, item }],
    ]),
    ["response.completed", { response: { id, status: "completed", output: items, usage: USAGE } }],
  ];
  return events
    .map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
    .join("");
}

/** The body of an error, as the Responses API sends it. */
export function failAsOpenAi(status: number): object {
  const code = ERROR_TYPES[status]?.openai ?? "server_error";
  return { error: { message: `scripted: ${code}`, type: code, code, param: null } };
}

function toItems(step: Parameters<typeof answerAsOpenAi>[0], id: number): object[] {
  if ("say" in step) return [toMessage(id, { type: "output_text", text: step.say, annotations: [] })];
  if ("refuse" in step) return [toMessage(id, { type: "refusal", refusal: step.refuse })];
  return step.do.map((deed, index) => toCall(deed, `call_${id}_${index}`));
}

function toMessage(id: number, content: object): object {
  return { type: "message", id: `item_${id}`, role: "assistant", status: "completed", content: [content] };
}

function toCall(deed: Deed, call_id: string): object {
  const { name, input } = toTool(deed);
  const common = { id: `fc_${call_id}`, call_id, name, status: "completed" };
  return typeof input === "string"
    ? { type: "custom_tool_call", ...common, input }
    : { type: "function_call", ...common, arguments: JSON.stringify(input) };
}

function toTool(deed: Deed): { name: string; input: string | object } {
  if ("tool" in deed) return { name: deed.tool, input: deed.input };
  if ("run" in deed) return { name: "exec_command", input: { cmd: deed.run } };
  return { name: "apply_patch", input: writePatch(deed) };
}

/** A deed in the patch language of Codex. */
function writePatch(deed: Exclude<Deed, { run: string } | { tool: string }>): string {
  const marked = (mark: string, text: string): string[] =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => mark + line);
  const hunk =
    "write" in deed
      ? [`*** Add File: ${deed.write}`, ...marked("+", deed.content)]
      : [`*** Update File: ${deed.edit}`, "@@", ...marked("-", deed.from), ...marked("+", deed.to)];
  return ["*** Begin Patch", ...hunk, "*** End Patch", ""].join("\n");
}
