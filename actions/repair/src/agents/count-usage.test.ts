import type { ModelUsage } from "@patchpilot/incident";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addUsage, countAnswer } from "./count-usage.ts";

/** An answer that comes in chunks of so many bytes. */
function count(answer: string, size = 7): ModelUsage | undefined {
  const bytes = Buffer.from(answer);
  const counter = countAnswer();
  for (let at = 0; at < bytes.length; at += size) counter.push(bytes.subarray(at, at + size));
  return counter.end();
}

const sse = (...events: readonly object[]): string =>
  events.map((event) => `event: x\ndata: ${JSON.stringify(event)}\n\n`).join("");

const MESSAGES = sse(
  {
    type: "message_start",
    message: {
      model: "claude-x",
      usage: {
        input_tokens: 20,
        cache_read_input_tokens: 900,
        cache_creation_input_tokens: 50,
        output_tokens: 1,
      },
    },
  },
  { type: "content_block_delta", delta: { type: "text_delta", text: 'says "usage" – für dich' } },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 77 } },
);
const USED = { model: "claude-x", requests: 1, input: 20, cacheRead: 900, cacheWritten: 50, output: 77 };

describe("an answer", () => {
  test("of chat completions is counted, with what came from the cache beside the input", () => {
    const usage = {
      prompt_tokens: 1_000,
      completion_tokens: 70,
      prompt_tokens_details: { cached_tokens: 900 },
    };
    expect(
      count(sse({ model: "qwen3", choices: [], usage: null }, { model: "qwen3", choices: [], usage })),
    ).toEqual({
      ...{ model: "qwen3", requests: 1, input: 100, cacheRead: 900, cacheWritten: 0, output: 70 },
    });
  });

  test("of Anthropic's, streamed, is counted however it is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (size) => {
        expect(count(MESSAGES, size)).toEqual(USED);
      }),
    );
  });

  test("of OpenAI's counts what its cache held apart from the input", () => {
    const usage = { input_tokens: 100, input_tokens_details: { cached_tokens: 80 }, output_tokens: 9 };
    const answer = sse(
      { type: "response.created", response: { model: "gpt-x", usage: null } },
      { type: "response.completed", response: { model: "gpt-x", usage } },
    );
    expect(count(answer)).toEqual({
      model: "gpt-x",
      requests: 1,
      input: 20,
      cacheRead: 80,
      cacheWritten: 0,
      output: 9,
    });
  });

  test("that comes whole is counted, too", () => {
    const whole = JSON.stringify({ model: "claude-x", usage: { input_tokens: 3, output_tokens: 4 } });
    expect(count(whole)).toMatchObject({ model: "claude-x", input: 3, output: 4 });
  });

  test.each(["", "<html>usage</html>", '{"usage": 3}', '{"usage', sse({ type: "ping" })])(
    "without usage counts nothing: %j",
    (answer) => {
      expect(count(answer)).toBeUndefined();
    },
  );
});

test("usage adds up by model", () => {
  const other = { ...USED, model: "claude-small" };
  const [first, second] = [USED, other, USED].reduce(addUsage, [] as ModelUsage[]);
  expect([first?.requests, first?.output, second]).toEqual([2, 154, other]);
});
