import { expect, test } from "vitest";
import { race } from "./race.ts";

/** 1,000 by `pnpm test:race`; fewer in the whole check, which has minutes. */
const RACES = Number(process.env["PATCHPILOT_RACES"] ?? 60);

test(`no invariant breaks in ${RACES} random interleavings with crashes, lost replies, stale reads and people`, async () => {
  for (let seed = 1; seed <= RACES; seed += 1)
    expect({ seed, violations: await race(seed) }).toEqual({ seed, violations: [] });
}, 3_600_000);
