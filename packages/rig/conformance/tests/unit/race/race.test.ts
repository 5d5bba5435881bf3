import { expect, test } from "vitest";
import { race } from "../../../worlds/race/race.ts";

/** A sample for the whole check; `npm run test:race` runs 1,000. The negative controls are in controls.test.ts. */
const RACES = 25;

const SEEDS = Array.from({ length: RACES }, (_, index) => index + 1);

test.each(SEEDS)(
  "no invariant breaks in race %i, with crashes, lost replies, stale reads and people",
  async (seed) => {
    expect(await race(seed)).toEqual([]);
  },
);

/** Room for two attempts of both incidents together; the others wait. */
const CAPS = { perAttempt: 5, perMonth: 12 };

test.each(SEEDS.slice(0, 8))(
  "nothing is overspent in race %i either, and no invariant breaks",
  async (seed) => {
    expect(await race(seed, { caps: CAPS })).toEqual([]);
  },
);
