import { type Curve, hours } from "./plan.ts";
import type { WorldKind } from "./world.ts";

/** Part of production that never gets the fix. */
const always =
  (share: number): Curve =>
  () =>
    share;

const CANARY = 0.1;
/** A worker answers no visitors: of the rest of the project's traffic it has little. */
const WORKER_OF_REST = 0.02;
const HOURS_TO_ROLLBACK = 0.5;

const worker = (share: number): WorldKind => ({
  name: `a worker that never restarts has ${share * 100} % of the errors`,
  claim: "promise",
  leftInProduction: (residue) => share + (1 - share) * residue,
  plan: () => ({ oldShare: always(share), restOldShare: always(WORKER_OF_REST) }),
});

export const FLEET: readonly WorldKind[] = [
  {
    name: "canary of 10 %",
    claim: "promise",
    leftInProduction: (residue) => 1 - CANARY + CANARY * residue,
    plan: () => ({ oldShare: always(1 - CANARY) }),
  },
  ...[0.1, 0.5, 1].map(worker),
  {
    name: "rolled back after 30 min, which only traffic tells",
    claim: "promise",
    leftInProduction: () => 1,
    plan: () => ({ oldShare: (bucket) => (bucket < hours(HOURS_TO_ROLLBACK) ? 0 : 1) }),
  },
];
