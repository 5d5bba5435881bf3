import { expected, runDispatch } from "./racing-actions.ts";
import type { RaceStage } from "./stage.ts";

/** Runs of dispatch in one race. */
const RUNS = 9;

/** Keeps up to three runs of dispatch racing; a tick comes now and then, as a schedule does. */
export function startRuns(stage: RaceStage): void {
  const { ticks, running, random } = stage;
  if (ticks < RUNS && running.filter((isAlive) => isAlive()).length < 3 && (ticks < 3 || random() < 0.04)) {
    stage.ticks += 1;
    running.push(startDispatch(stage, String(stage.ticks)));
  }
}

function startDispatch(stage: RaceStage, run: string): () => boolean {
  const { test, starts, interleaver } = stage;
  return interleaver.start(async (raw) => {
    starts.push(test.world.versions.current);
    await runDispatch(stage, run, raw).catch(expected);
  });
}
