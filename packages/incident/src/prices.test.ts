import { expect, test } from "vitest";
import {
  explainPriceList,
  isPriceList,
  type ModelUsage,
  modelUsage,
  type Prices,
  parsePrices,
  priceUsage,
} from "./prices.ts";

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

test.each(["claude-x-pro", "claude-x-2", "gpt-20260131-x", "claude", ""])(
  "%j is not, as it may be dearer",
  (model) => {
    expect(cost("claude-x", model)).toEqual({ usd: cost("claude-x").usd, isWhole: false });
  },
);

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
  "claude-x: output 15",
  "claude-x: input 3 $, output 15",
  "claude-x: input 3$, output 15",
  "claude-x: input 3, output 15, cache-read cheap",
  "claude-x: input -3, output 15",
  "claude-x: input 3, output 15, thinking 9",
  ": input 3, output 15",
  "minute: cheap",
])("%j is no line of a list, and the fault quotes it", (line) => {
  expect(parsePrices(`minute: 1\n${line}`)).toContain(JSON.stringify(line));
});

test("blanks around names, prices and lines do not count", () => {
  const prices = read("\n   \n  # dear\n\tclaude-x : input  3 ,output\t15  \n");
  expect([...prices.models]).toEqual([
    ["claude-x", { input: 3, output: 15, "cache-read": 3, "cache-write": 6 }],
  ]);
});

test("a list without a minute has no price of one", () => {
  expect(read("")).toStrictEqual({ models: new Map() });
});

test("a fault quotes 80 characters of its line", () => {
  expect(parsePrices("x".repeat(200))).toContain(`the line "${"x".repeat(80)}";`);
});

test.each([
  [undefined, true],
  ["", true],
  [LIST, true],
  ["claude-x", false],
])("the input %j is a price list: %s", (input, expected) => {
  expect(isPriceList(input)).toBe(expected);
});

test("the fault of an input is that of its list", () => {
  expect(explainPriceList.error({ input: "minute: cheap" })).toBe(parsePrices("minute: cheap"));
});

test.each(["model", "requests", "input", "cacheRead", "cacheWritten", "output"])(
  "tokens are counted with %s, or not at all",
  (name) => {
    const usage = { model: "claude-x", ...MILLION };
    expect(modelUsage.parse(usage)).toEqual(usage);
    expect(modelUsage.safeParse({ ...usage, [name]: null }).success).toBe(false);
  },
);
