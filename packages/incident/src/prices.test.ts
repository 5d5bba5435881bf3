import { expect, test } from "vitest";
import { type ModelUsage, type Prices, parsePrices, priceUsage } from "./prices.ts";

const LIST = `# dollars for a million tokens
claude-x: input 3, output 15, cache-read 0.3, cache-write 3.75
GPT-x: output 10, input 1.25
arn:aws:bedrock/x: input 1, output 2

minute: 0.05`;

function read(text: string): Prices {
  const prices = parsePrices(text);
  if (typeof prices === "string") throw new Error(prices);
  return prices;
}

const MILLION = { requests: 1, input: 1e6, cacheRead: 1e6, cacheWritten: 1e6, output: 1e6 };
const cost = (...models: readonly string[]) =>
  priceUsage(
    models.map((model): ModelUsage => ({ model, ...MILLION })),
    read(LIST),
  );

test("each kind of token has its price", () => {
  expect(cost("claude-x")).toEqual({ usd: 3 + 15 + 0.3 + 3.75, isWhole: true });
});

test("without its own, a cache read costs as much as input, and a cache write twice that", () => {
  expect(cost("gpt-x").usd).toBe(1.25 + 10 + 1.25 + 2.5);
});

test.each(["claude-x-20260131", "claude-x-2026-01-31", "claude-x@20260131", "Claude-X", "arn:aws:bedrock/x"])(
  "%s is in the list",
  (model) => {
    expect(cost(model).isWhole).toBe(true);
  },
);

test.each(["claude-x-pro", "claude-x-2", "claude", ""])("%j is not, as it may be dearer", (model) => {
  expect(cost("claude-x", model)).toEqual({ usd: cost("claude-x").usd, isWhole: false });
});

test("no tokens cost nothing, whatever the list says", () => {
  expect(priceUsage([], read(""))).toEqual({ usd: 0, isWhole: true });
});

test("a minute has a price", () => {
  expect([read(LIST).minute, read("").minute]).toEqual([0.05, undefined]);
});

test.each([
  "claude-x",
  "claude-x: 3",
  "claude-x: input 3",
  "claude-x: input 3, output 15, input 4",
  "claude-x: input 3 $, output 15",
  "claude-x: input -3, output 15",
  "claude-x: input 3, output 15, thinking 9",
  ": input 3, output 15",
  "minute: cheap",
])("%j is no line of a list, and the fault quotes it", (line) => {
  expect(parsePrices(`minute: 1\n${line}`)).toContain(JSON.stringify(line));
});
