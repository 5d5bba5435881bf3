import { expect, test } from "vitest";
import type { Invariant, RaceCaps } from "../../../worlds/race/invariants.ts";
import { race } from "../../../worlds/race/race.ts";
import type { Sabotage } from "../../../worlds/race/sabotage.ts";

/** Which promise breaks when a safeguard is taken away, and the race in which it was first seen to. */
const CONTROLS: readonly [Sabotage, Invariant, number, RaceCaps?][] = [
  ["no-claim-ref", "every-attempt-settled", 1],
  ["no-gate", "one-worker-per-attempt", 7],
  ["run-id-in-key", "one-worker-per-attempt", 8],
  ["outcome-without-closing", "outcome-before-next-attempt", 2],
  ["publish-without-gate", "no-pull-request-after-outcome", 37],
  ["run-list-after-pull-requests", "outcome-matches-pull-request", 1],
  ["no-settling", "outcome-before-next-attempt", 1],
  ["no-reserving", "no-overspending", 1, { perAttempt: 5, perMonth: 12 }],
  ["any-head-published", "no-repair-of-others", 14],
];

/** As many races as a control may take before it counts as unnoticed. */
const PATIENCE = 400;

test.each(CONTROLS)("with %s, a race breaks %s", async (sabotage, invariant, seed, caps) => {
  expect(await firstViolation(sabotage, invariant, seed, caps)).toBe(invariant);
});

/** Begins with the race that is known: any other change to the code moves it, and then the others find it. */
async function firstViolation(
  sabotage: Sabotage,
  invariant: Invariant,
  known: number,
  caps: RaceCaps | undefined,
): Promise<Invariant | "none in all races"> {
  for (let seed = known; seed < known + PATIENCE; seed += 1) {
    const violations = await race(seed, sabotage, caps);
    if (violations.some((violation) => violation.invariant === invariant)) return invariant;
  }
  return "none in all races";
}
