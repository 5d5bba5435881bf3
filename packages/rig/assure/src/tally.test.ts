import { expect, test } from "vitest";
import type { Tally } from "./figure.ts";
import { addTallies, NOTHING } from "./tally.ts";

const one: Tally = { sample: 2, counts: { seen: 1 }, worst: { megabytes: 90 }, faults: ["a"] };
const other: Tally = { sample: 3, counts: { seen: 4, noticed: 1 }, worst: { megabytes: 70 }, faults: ["b"] };

test("counts of two parts are added, and of the largest values the larger counts", () => {
  expect(addTallies(one, other)).toEqual({
    sample: 5,
    counts: { seen: 5, noticed: 1 },
    worst: { megabytes: 90 },
    faults: ["a", "b"],
  });
});

test("nothing changes no part", () => {
  expect(addTallies(NOTHING, one)).toEqual(one);
});
