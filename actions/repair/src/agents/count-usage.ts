import type { ModelUsage } from "@patchpilot/incident";
import * as z from "zod";

type Tokens = Pick<ModelUsage, "input" | "cacheRead" | "cacheWritten" | "output">;

/**
 * What an answer cost of which the end, or all usage, is missing: nobody knows, so no model has its name.
 * @param requests 0 if what is known of it is counted already
 */
export const unknownUsage = (requests: 0 | 1): ModelUsage => ({
  model: "",
  requests,
  input: 0,
  cacheRead: 0,
  cacheWritten: 0,
  output: 0,
});

/** A line of an answer is kept no further than this: text comes in small events, and usage in short ones. */
const MOST_LINE = 1024 * 1024;

const count = z.number().nonnegative().catch(0);
/** As Anthropic's Messages, OpenAI's Responses and chat completions name them. */
const usageSchema = z.object({
  input_tokens: count,
  output_tokens: count,
  prompt_tokens: count,
  completion_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }).optional().catch(undefined),
  prompt_tokens_details: z.object({ cached_tokens: count }).optional().catch(undefined),
});
const counted = z.object({ model: z.string().optional(), usage: usageSchema.nullish() });
const eventSchema = counted.extend({ message: counted.optional(), response: counted.nullish() });

/** Counts the usage of one answer while it passes, streamed or whole. */
export type AnswerCounter = {
  readonly push: (chunk: Uint8Array) => void;
  /** @returns undefined where the answer named none */
  readonly end: () => ModelUsage | undefined;
};

export function countAnswer(): AnswerCounter {
  const decoder = new TextDecoder();
  let line = "";
  let model = "";
  let tokens: Tokens | undefined;
  const take = (text: string) => {
    const found = readUsage(text.replace(/^data:\s*/, ""));
    model = found?.model ?? model;
    tokens = mergeTokens(tokens, found?.tokens);
  };
  return {
    push: (chunk) => {
      const lines = (line + decoder.decode(chunk, { stream: true })).split("\n");
      line = (lines.pop() ?? "").slice(0, MOST_LINE);
      lines.forEach(take);
    },
    end: () => {
      take(line);
      return tokens && { model, requests: 1, ...tokens };
    },
  };
}

function readUsage(text: string): { readonly model?: string; readonly tokens?: Tokens } | undefined {
  if (!text.startsWith("{") || !/"usage"/.test(text)) return undefined;
  const parsed = eventSchema.safeParse(parseJson(text)).data;
  const parts = [parsed, parsed?.message, parsed?.response];
  const usage = parts.map((part) => part?.usage).find((each) => each != null);
  const model = parts.map((part) => part?.model).find((each) => each !== undefined);
  return { ...(model !== undefined && { model }), ...(usage != null && { tokens: toTokens(usage) }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** OpenAI counts what it read from its cache among the input, Anthropic beside it. */
function toTokens(usage: z.output<typeof usageSchema>): Tokens {
  const details = usage.input_tokens_details ?? usage.prompt_tokens_details;
  const cached = details?.cached_tokens ?? 0;
  return {
    input: Math.max(0, usage.input_tokens + usage.prompt_tokens - cached),
    cacheRead: usage.cache_read_input_tokens + cached,
    cacheWritten: usage.cache_creation_input_tokens,
    output: usage.output_tokens + usage.completion_tokens,
  };
}

/** A later event of an answer repeats what grew, and may leave out the rest. */
function mergeTokens(before: Tokens | undefined, now: Tokens | undefined): Tokens | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  return {
    input: Math.max(before.input, now.input),
    cacheRead: Math.max(before.cacheRead, now.cacheRead),
    cacheWritten: Math.max(before.cacheWritten, now.cacheWritten),
    output: Math.max(before.output, now.output),
  };
}

/** Adds an answer to what each model has used so far. */
export function addUsage(used: readonly ModelUsage[], answer: ModelUsage): ModelUsage[] {
  const before = used.find(({ model }) => model === answer.model);
  if (before === undefined) return [...used, answer];
  const sum: ModelUsage = {
    model: answer.model,
    requests: before.requests + answer.requests,
    input: before.input + answer.input,
    cacheRead: before.cacheRead + answer.cacheRead,
    cacheWritten: before.cacheWritten + answer.cacheWritten,
    output: before.output + answer.output,
  };
  return used.map((each) => (each === before ? sum : each));
}
