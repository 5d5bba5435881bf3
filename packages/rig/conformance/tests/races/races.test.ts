import { expect, test } from "vitest";
import { race } from "../../worlds/race/race.ts";

/** The whole race; `npm test` plays a sample of it. `PATCHPILOT_RACES` and `PATCHPILOT_FIRST_SEED` choose others. */
const RACES = Number(process.env["PATCHPILOT_RACES"] ?? 1000);
const FIRST = Number(process.env["PATCHPILOT_FIRST_SEED"] ?? 1);

test(`no invariant breaks in ${RACES} random interleavings from seed ${FIRST}`, async () => {
  for (let seed = FIRST; seed < FIRST + RACES; seed += 1)
    expect({ seed, violations: await race(seed) }).toEqual({ seed, violations: [] });
}, 3_600_000);
