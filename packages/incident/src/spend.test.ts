import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amounts, judgeSpend, type SpendEvidence, spendEntry } from "./spend.ts";

const MODELS = new Map([["m", { input: 1, output: 1, "cache-read": 1, "cache-write": 1 }]]);
const RESERVED = { usd: 5, minutes: 30 };
const tokens = (input: number, model = "m") => ({
  model,
  requests: 1,
  input,
  cacheRead: 0,
  cacheWritten: 0,
  output: 0,
});
const LEFT = { usage: [tokens(2e6)], seconds: 600, sandbox: "wall" };

const judge = (change: Partial<SpendEvidence>, minute?: number) =>
  judgeSpend({ passed: true, left: LEFT, span: 20, reruns: 0, ...change }, RESERVED, {
    models: MODELS,
    ...(minute === undefined ? {} : { minute }),
  });
const left = (change: object) => ({ left: { ...LEFT, ...change } });

describe("an attempt", () => {
  test.each<[string, Partial<SpendEvidence>, number | undefined, object]>([
    ["counted behind a wall", {}, 1, { usd: 2, minutes: 10, by: "counted" }],
    ["whose agent never asked its model", left({ usage: [] }), 1, { usd: 0, minutes: 10, by: "counted" }],
    ["without a wall", left({ sandbox: "process" }), undefined, { usd: 5, minutes: 20, by: "claimed" }],
    ["without a wall, by time", left({ sandbox: "process" }), 0.01, { usd: 2, minutes: 20, by: "claimed" }],
    ["whose sandbox has no name", left({ sandbox: undefined }), 1, { usd: 20, minutes: 20, by: "claimed" }],
    [
      "of a model without a price",
      left({ usage: [tokens(1, "n")] }),
      undefined,
      { usd: 5, minutes: 10, by: "cap" },
    ],
    [
      "of a model without a price, by time",
      left({ usage: [tokens(1, "n")] }),
      0.1,
      { usd: 1, minutes: 10, by: "timed" },
    ],
    [
      "of a command, which nobody counts",
      left({ usage: undefined }),
      undefined,
      { usd: 5, minutes: 10, by: "cap" },
    ],
    [
      "whose agent says more",
      left({ usage: undefined, costUsd: 8 }),
      undefined,
      { usd: 8, minutes: 10, by: "cap" },
    ],
    ["that left nothing", { left: undefined }, undefined, { usd: 5, minutes: 20, by: "cap" }],
    ["that left nothing, by time", { left: undefined }, 0.1, { usd: 2, minutes: 20, by: "timed" }],
    [
      "of which nothing is known",
      { left: undefined, span: undefined },
      0.1,
      { usd: 5, minutes: 30, by: "cap" },
    ],
    ["that was run twice", { reruns: 1 }, 1, { usd: 7, minutes: 40, by: "counted" }],
    ["that no worker began", { passed: false, reruns: 3 }, 1, { usd: 0, minutes: 0, by: "nothing" }],
  ])("%s", (_, evidence, minute, spent) => {
    expect(judge(evidence, minute)).toEqual(spent);
  });

  test("counts in the currencies that are reserved alone", () => {
    const evidence = { passed: true, left: { ...LEFT, usage: undefined }, reruns: 0 };
    expect(judgeSpend(evidence, { minutes: 30 }, { models: MODELS })).toEqual({ minutes: 10, by: "counted" });
  });
});

test("minutes alone are timed where no wall was, whatever a minute costs", () => {
  const evidence = { passed: true, left: undefined, span: 20, reruns: 0 };
  expect(judgeSpend(evidence, { minutes: 30 }, { models: MODELS })).toEqual({ minutes: 20, by: "timed" });
});

test.each([{ usd: -0.01 }, { minutes: -1 }, { usd: "5" }])("%j is no amount", (given) => {
  expect(amounts.safeParse(given).success).toBe(false);
});

test.each([
  ["counted", "counted"],
  ["a later word", "claimed"],
  [undefined, "claimed"],
])("an entry of the month by %j is read as %s", (by, expected) => {
  expect(spendEntry.parse({ at: "2026-11-21", usd: 0, by })).toEqual({
    at: "2026-11-21",
    usd: 0,
    by: expected,
  });
});

test("an entry of the month has a day", () => {
  expect(spendEntry.safeParse({ usd: 1, by: "counted" }).success).toBe(false);
});

test("what is not counted behind a wall is never less than the tokens, the agent's word or the time", () => {
  const count = fc.nat({ max: 20 });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      fc.constantFrom("process", "none", "x"),
      (millions, said, span, sandbox) => {
        const usage = [tokens(millions * 1e6)];
        const { usd = 0 } = judge({ left: { usage, costUsd: said, seconds: 0, sandbox }, span }, 1);
        expect(usd).toBe(Math.max(millions, said, span));
      },
    ),
  );
});
