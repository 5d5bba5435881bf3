import { daily } from "./hours.ts";
import { anyDayAt, hours, type Plan } from "./plan.ts";
import { spawnBursts, spawnSelfExciting } from "./spawn.ts";
import type { WorldKind } from "./world.ts";

const HALF_DAY = 12;
const knownFor = (known: number): Plan => ({ onset: -hours(known) });

const young = (known: number): WorldKind => ({
  name: `known for ${known} h`,
  claim: "promise",
  mayAbstain: known <= 3,
  plan: () => knownFor(known),
});

export const YOUNG: readonly WorldKind[] = [
  ...[1, 3, 6, 12, 24, 48].map(young),
  ...[12, 24].map(
    (known): WorldKind => ({
      name: `known for ${known} h, bursts of 4`,
      claim: "promise",
      plan: () => ({ ...knownFor(known), spawn: spawnBursts(4, 0.25) }),
    }),
  ),
  {
    name: "known for 12 h, daily cycle, deployed at 22:00, by the clock",
    claim: "promise",
    plan: (random) => ({
      ...knownFor(HALF_DAY),
      deployAt: anyDayAt(22, random),
      operation: daily,
      counted: "nothing",
    }),
  },
  {
    name: "known for 12 h, self-exciting",
    claim: "promise",
    printed: [0.5, 0.25],
    plan: () => ({ ...knownFor(HALF_DAY), spawn: spawnSelfExciting(0.8, 1 / 3) }),
  },
];
