import { expect, test } from "vitest";
import { race } from "./race.ts";

/** A sample for the whole check; `pnpm test:race` runs 1,000. The negative controls are in controls.test.ts. */
const RACES = 25;

test(`no invariant breaks in ${RACES} random interleavings with crashes, lost replies, stale reads and people`, async () => {
  for (let seed = 1; seed <= RACES; seed += 1)
    expect({ seed, violations: await race(seed) }).toEqual({ seed, violations: [] });
}, 120_000);
