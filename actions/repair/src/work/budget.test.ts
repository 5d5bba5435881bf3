import { expect, test } from "vitest";
import { countCallCost, countCostLeft, countTurnsLeft, findOverspending, sumUse } from "./budget.ts";

const budget = { maxTurns: 10, maxCostUsd: 1 };

test("what one call did not tell is unknown of all, and not 0", () => {
  const known = { turns: 3, costUsd: 0.25 };
  expect(sumUse([known, known])).toEqual({ turns: 6, costUsd: 0.5 });
  expect(sumUse([known, { turns: null, costUsd: null }])).toEqual({ turns: null, costUsd: null });
  expect(sumUse([])).toEqual({ turns: 0, costUsd: 0 });
});

test("the turns that are left go over all calls; one that did not tell counts as one", () => {
  expect(
    countTurnsLeft(budget, [
      { turns: 6, costUsd: 0 },
      { turns: null, costUsd: 0 },
    ]),
  ).toBe(3);
});

test.each([
  [
    "the turns are used up",
    [{ turns: 10, costUsd: 0 }],
    /^The agent's turns are used up \(`max-turns`: 10\)\.$/,
  ],
  [
    "the money is",
    [
      { turns: 1, costUsd: 0.6 },
      { turns: 1, costUsd: 0.4 },
    ],
    /^The calls have cost \$1\.00 \(`max-cost-usd`: 1\)\.$/,
  ],
])("no call is made when %s", (_, calls, sentence) => {
  expect(findOverspending(budget, calls)).toMatch(sentence);
});

test("cost that is not told stops nothing", () => {
  expect(findOverspending(budget, [{ turns: 1, costUsd: null }])).toBeUndefined();
});

test("a call that goes on with a session cost what the session has come to since", () => {
  expect([
    countCallCost(0.5, 0.2),
    countCallCost(0.5),
    countCallCost(null, 0.2),
    countCallCost(0.1, 0.2),
  ]).toEqual([0.3, 0.5, null, 0.1]);
});

test("the next call may cost what is left, and never nothing, which would be no limit", () => {
  const calls = [
    { turns: 1, costUsd: 0.25 },
    { turns: 1, costUsd: null },
  ];
  expect([countCostLeft(budget, calls), countCostLeft({ ...budget, maxCostUsd: undefined }, calls)]).toEqual([
    0.75,
    undefined,
  ]);
  expect(countCostLeft(budget, [{ turns: 1, costUsd: 2 }])).toBe(0.01);
});
