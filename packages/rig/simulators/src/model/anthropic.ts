import { type Deed, ERROR_TYPES, type ModelStep } from "./script.ts";

type Block = Readonly<Record<string, unknown>> & { readonly type: string };

/** Tokens that every answer of the scripted model costs; the agents turn them into money. */
const USAGE = { input_tokens: 1_000, output_tokens: 100 };

/**
 * An answer as the Messages API streams it (https://docs.anthropic.com/en/docs/build-with-claude/streaming).
 * @param cwd the agent's checkout: Claude Code's tools take absolute paths
 */
export function answerAsAnthropic(
  step: Exclude<ModelStep, { fail: number } | { hang: true }>,
  facts: { id: number; model: string; cwd: string },
): string {
  const blocks = toBlocks(step, facts);
  const stopReason = "do" in step ? "tool_use" : "refuse" in step ? "refusal" : "end_turn";
  const message = {
    id: `msg_${facts.id}`,
    type: "message",
    role: "assistant",
    model: facts.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: USAGE,
  };
  const events: [string, object][] = [["message_start", { message }]];
  blocks.forEach((block, index) => {
    events.push(...toEvents(block, index));
  });
  events.push(
    ["message_delta", { delta: { stop_reason: stopReason, stop_sequence: null }, usage: USAGE }],
    ["message_stop", {}],
  );
  return events
    .map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
    .join("");
}

/** The body of an error, as the Messages API sends it. */
export function failAsAnthropic(status: number): object {
  const type = ERROR_TYPES[status]?.anthropic ?? "api_error";
  return { type: "error", error: { type, message: `scripted: ${type}` } };
}

function toBlocks(
  step: Parameters<typeof answerAsAnthropic>[0],
  { id, cwd }: { id: number; cwd: string },
): Block[] {
  if ("say" in step) return [{ type: "text", text: step.say }];
  if ("refuse" in step) return [{ type: "text", text: step.refuse }];
  return step.do
    .flatMap((deed) => toTools(deed, cwd))
    .map(({ name, input }, index) => ({ type: "tool_use", id: `toolu_${id}_${index}`, name, input }));
}

function toTools(deed: Deed, cwd: string): { name: string; input: object }[] {
  if ("tool" in deed) return [{ name: deed.tool, input: deed.input }];
  if ("run" in deed) return [{ name: "Bash", input: { command: deed.run, description: "scripted" } }];
  if ("write" in deed)
    return [{ name: "Write", input: { file_path: `${cwd}/${deed.write}`, content: deed.content } }];
  const file_path = `${cwd}/${deed.edit}`;
  // Claude Code refuses to edit what it has not read.
  return [
    { name: "Read", input: { file_path } },
    { name: "Edit", input: { file_path, old_string: deed.from, new_string: deed.to } },
  ];
}

function toEvents(block: Block, index: number): [string, object][] {
  const { text, input, ...rest } = block;
  const empty = block.type === "text" ? { ...rest, text: "" } : { ...rest, input: {} };
  const delta =
    block.type === "text"
      ? { type: "text_delta", text }
      : { type: "input_json_delta", partial_json: JSON.stringify(input) };
  return [
    ["content_block_start", { index, content_block: empty }],
    ["content_block_delta", { index, delta }],
    ["content_block_stop", { index }],
  ];
}
