import { hours } from "./plan.ts";
import type { WorldKind } from "./world.ts";

/** The rate is that of the time just before the deploy; before the earlier one it was another. */
const changedBefore = (name: string, hoursBefore: number, factorBefore: number): WorldKind => ({
  name,
  claim: "promise",
  plan: () => ({
    risk: (bucket) => (bucket < -hours(hoursBefore) ? factorBefore : 1),
    deploys: [-hours(hoursBefore)],
  }),
});

export const EARLIER_DEPLOYS: readonly WorldKind[] = [
  ...[20, 35].flatMap((left) =>
    [24, 72].map((before) =>
      changedBefore(`a deploy ${before} h before had left ${left} %`, before, 100 / left),
    ),
  ),
  changedBefore("five times as many since 24 h", 24, 1 / 5),
];
