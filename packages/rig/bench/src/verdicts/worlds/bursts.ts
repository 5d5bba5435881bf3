import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { spawnBursts } from "./spawn.ts";
import { gammaEach } from "./wander.ts";
import type { WorldKind } from "./world.ts";

const QUARTER_HOUR = 0.25;

const bursts = (size: number): WorldKind => ({
  name: `bursts of ${size} within 15 min`,
  claim: "promise",
  plan: () => ({ spawn: spawnBursts(size, QUARTER_HOUR) }),
});

export const BURSTS: readonly WorldKind[] = [
  bursts(4),
  bursts(20),
  {
    name: "negative binomial by hour, shape .5",
    claim: "promise",
    plan: (random) => ({ risk: gammaEach(BUCKETS_PER_HOUR, 0.5, random) }),
  },
  {
    name: "negative binomial by bucket, shape .2",
    claim: "promise",
    plan: (random) => ({ risk: gammaEach(1, 0.2, random) }),
  },
];
