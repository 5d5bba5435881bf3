import type { Ledger } from "@patchpilot/ledger";
import { MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { aCase, NOW } from "../testing/world.ts";
import { joinLedgers, takeTurns } from "./case-store.ts";

const watched = Array.from({ length: 200 }, (_, issue) =>
  aCase({ issue: issue + 1, phase: "accepted", merge: null }),
);

describe("more incidents than one run may watch", () => {
  test.each([5, 10, 20, 60])("are all met within a dozen runs, one every %i minutes", (minutes) => {
    const runs = Array.from({ length: 12 }, (_, run) => takeTurns(watched, NOW + run * minutes * MINUTE));
    expect(Math.max(...runs.map((cases) => cases.length))).toBe(50);
    expect(new Set(runs.flatMap((cases) => cases.map(({ issue }) => issue))).size).toBe(200);
  });

  test("never keep one from being looked at whose fix is known", () => {
    const fixed = aCase({ issue: 999 });
    expect(takeTurns([...watched, fixed], NOW)).toContain(fixed);
  });
});

test("what was asked for by its number and does not exist is known to be missing", () => {
  const ledger = (...numbers: number[]) =>
    ({ incidents: numbers.map((number) => ({ number })) }) as unknown as Ledger;
  const { incidents, missing } = joinLedgers(ledger(1, 2), ledger(7), [7, 8]);
  expect([incidents.map(({ number }) => number), missing]).toEqual([[1, 2, 7], [8]]);
});
