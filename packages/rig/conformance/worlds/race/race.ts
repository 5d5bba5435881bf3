import { startRuns } from "./dispatch-runs.ts";
import type { BrokenInvariant, RaceCaps } from "./invariants.ts";
import { quiet } from "./quiet.ts";
import type { Sabotage } from "./sabotage.ts";
import { createStage, NO_CAPS } from "./stage.ts";
import { step } from "./steps.ts";
import { startWorker } from "./workers.ts";

export type RaceOptions = {
  /** The safeguard that is taken away. */
  readonly sabotage?: Sabotage;
  readonly caps?: RaceCaps;
  /** Whether it is played on, without faults, until every attempt has to have an outcome; default: yes. */
  readonly isPlayedOut?: boolean;
};

/** One race: three runs of dispatch, the workers that they start, people, and faults; then quiet, and the reckoning. */
export async function race(
  seed: number,
  { sabotage, caps = NO_CAPS, isPlayedOut = true }: RaceOptions = {},
): Promise<BrokenInvariant[]> {
  const stage = createStage(seed, sabotage, caps);
  stage.test.world.onEvent(({ event, payload }) => {
    if (event === "repository_dispatch") startWorker(stage, payload, !stage.faults);
  });
  do startRuns(stage);
  while (await step(stage));
  if (isPlayedOut) await quiet(stage);
  stage.watch.checkCauses();
  stage.watch.checkOutcomes();
  if (stage.interleaver.failures.length > 0) throw stage.interleaver.failures[0];
  if (stage.test.simulator.violations.length > 0) throw new Error(stage.test.simulator.violations[0]);
  return stage.watch.violations;
}
