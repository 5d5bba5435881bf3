import { expect, test } from "vitest";
import type { Invariant } from "./invariants.ts";
import { race } from "./race.ts";
import type { Sabotage } from "./sabotage.ts";

/** Which promise breaks when a safeguard is taken away. */
const CONTROLS: readonly [Sabotage, Invariant][] = [
  ["no-claim-ref", "every-attempt-settled"],
  ["no-gate", "one-worker-per-attempt"],
  ["run-id-in-key", "one-worker-per-attempt"],
  ["outcome-without-closing", "outcome-before-next-attempt"],
  ["publish-without-gate", "no-pull-request-after-outcome"],
  ["run-list-after-pull-requests", "outcome-matches-pull-request"],
  ["no-settling", "outcome-before-next-attempt"],
];

/** As many races as a control may take before it counts as unnoticed. */
const PATIENCE = 400;

for (const [sabotage, invariant] of CONTROLS)
  test(`with ${sabotage}, a race breaks ${invariant}`, async () => {
    const broken = await firstViolation(sabotage, invariant);
    expect(broken).toBe(invariant);
  }, 600_000);

async function firstViolation(
  sabotage: Sabotage,
  invariant: Invariant,
): Promise<Invariant | "none in all races"> {
  for (let seed = 1; seed <= PATIENCE; seed += 1) {
    const violations = await race(seed, sabotage);
    if (violations.some((violation) => violation.invariant === invariant)) return invariant;
  }
  return "none in all races";
}
