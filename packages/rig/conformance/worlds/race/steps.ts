import type { RequestFate } from "./interleaver.ts";
import { disturb } from "./people.ts";
import type { RaceStage } from "./stage.ts";

/** Lets one request through, and before it, what people and time do. @returns whether anybody is left */
export function step(stage: RaceStage): Promise<boolean> {
  const { interleaver, test, issues, random } = stage;
  return interleaver.step((count) => {
    if (stage.faults) disturb(test, issues, random, stage.seed);
    return { index: Math.floor(random() * count), fate: chooseFate(stage) };
  });
}

function chooseFate({ random, faults }: RaceStage): RequestFate {
  const luck = random();
  return !faults || luck > 0.08 ? "served" : luck < 0.03 ? "crash" : "lost";
}
