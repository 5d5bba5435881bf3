import { spawnSelfExciting } from "./spawn.ts";
import { wanderLogNormal } from "./wander.ts";
import type { WorldKind } from "./world.ts";

const QUARTER_LEFT = [0.25];
const DEVIATION = 0.8;

const wandering = (memoryHours: number, printed: readonly number[]): WorldKind => ({
  name: `log-normal rate with a memory of ${memoryHours} h`,
  claim: "promise",
  printed,
  plan: (random) => ({ risk: wanderLogNormal(DEVIATION, memoryHours, random) }),
});

const exciting = (branching: number, minutes: number): WorldKind => ({
  name: `self-exciting, branching ${branching} over ${minutes} min`,
  claim: "promise",
  printed: QUARTER_LEFT,
  plan: () => ({ spawn: spawnSelfExciting(branching, minutes / 60) }),
});

export const SELF_EXCITING: readonly WorldKind[] = [
  wandering(6, []),
  wandering(24, QUARTER_LEFT),
  exciting(0.8, 20),
  exciting(0.9, 60),
];
