import { MINUTE } from "@patchpilot/time";
import { openWire } from "../run-actions.ts";
import { addIncident, createTestWorld } from "../world.ts";
import { Interleaver } from "./interleaver.ts";
import { type RaceCaps, Watch } from "./invariants.ts";
import { seeded } from "./random.ts";
import type { Sabotage } from "./sabotage.ts";

/** What all that race see and change. */
export type RaceStage = ReturnType<typeof createStage>;

export const NO_CAPS: RaceCaps = { perAttempt: 0, perMonth: Number.POSITIVE_INFINITY };

/** A world of two incidents, in which nothing runs yet. */
export function createStage(seed: number, sabotage: Sabotage | undefined, caps: RaceCaps) {
  const test = createTestWorld({ keepHistory: true });
  const issues = [addIncident(test), addIncident(test)];
  /** Each request's version of the world, and its time. */
  const versions: [number, number][] = [];
  const interleaver = new Interleaver(async (input, init) => {
    versions.push([test.world.versions.current, test.clock.now()]);
    return openWire(test)(input, init);
  });
  const stage = {
    seed,
    sabotage,
    random: seeded(seed),
    test,
    issues,
    inputs: {
      "max-dispatches-per-hour": "1000",
      ...(caps === NO_CAPS
        ? {}
        : { "max-usd-per-attempt": `${caps.perAttempt}`, "max-usd-per-month": `${caps.perMonth}` }),
    },
    watch: new Watch(test, caps),
    interleaver,
    versions,
    /** The version at which each run of dispatch began. */
    starts: [] as number[],
    running: [] as (() => boolean)[],
    ticks: 0,
    /** How often a worker overslept. */
    naps: 0,
    faults: true,
  };
  test.simulator.staleness = ({ operation }) => chooseStaleness(stage, operation);
  return stage;
}

/** How many versions behind a reply is; five minutes at most. */
function chooseStaleness(stage: RaceStage, operation: string): number {
  const { test, versions, starts, sabotage, faults, random } = stage;
  const current = test.world.versions.current;
  if (sabotage === "run-list-after-pull-requests" && /PullRequests/.test(operation))
    return current - (starts.at(-1) ?? current);
  if (!faults || random() > 0.15) return 0;
  const oldest = versions.find(([, at]) => at > test.clock.now() - 5 * MINUTE)?.[0] ?? current;
  return Math.min(Math.floor(random() * 4), current - oldest);
}
