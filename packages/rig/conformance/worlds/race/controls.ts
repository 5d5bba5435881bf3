import type { Invariant, RaceCaps } from "./invariants.ts";
import { race } from "./race.ts";
import type { Sabotage } from "./sabotage.ts";

/** Which promise breaks when a safeguard is taken away, and the race in which it was first seen to. */
type Control = {
  readonly sabotage: Sabotage;
  readonly breaks: Invariant;
  readonly known: number;
  readonly caps?: RaceCaps;
};

export const CONTROLS: readonly Control[] = [
  { sabotage: "no-claim-ref", breaks: "every-attempt-settled", known: 1 },
  { sabotage: "no-gate", breaks: "one-worker-per-attempt", known: 7 },
  { sabotage: "run-id-in-key", breaks: "one-worker-per-attempt", known: 8 },
  { sabotage: "outcome-without-closing", breaks: "outcome-before-next-attempt", known: 2 },
  { sabotage: "publish-without-gate", breaks: "no-pull-request-after-outcome", known: 25 },
  { sabotage: "run-list-after-pull-requests", breaks: "outcome-matches-pull-request", known: 1 },
  { sabotage: "no-settling", breaks: "outcome-before-next-attempt", known: 1 },
  { sabotage: "no-reserving", breaks: "no-overspending", known: 1, caps: { perAttempt: 5, perMonth: 12 } },
  { sabotage: "any-head-published", breaks: "no-repair-of-others", known: 142 },
];

/** As many races as a control may take before it counts as unnoticed. */
const PATIENCE = 400;

/**
 * Plays races without a safeguard until one breaks what it should. Begins with the race that is known: any other change to
 * the code moves it, and then the others find it.
 */
export async function catchSabotage({
  sabotage,
  breaks,
  known,
  caps,
}: Control): Promise<Invariant | undefined> {
  for (let seed = known; seed < known + PATIENCE; seed += 1) {
    const violations = await race(seed, caps === undefined ? { sabotage } : { sabotage, caps });
    if (violations.some(({ invariant }) => invariant === breaks)) return breaks;
  }
  return undefined;
}
