import type { Judge } from "../verdicts/play/play-world.ts";
import type { World } from "../verdicts/worlds/world.ts";

/** Our rule or a rival, with the eyes that it has. */
export type Contestant = {
  readonly name: string;
  /** Its rule in one sentence, for the table. */
  readonly rule: string;
  readonly judge: Judge;
  /**
   * When it says that the errors of an incident are back.
   *
   * @param closedAfter hours from the deploy until it called the incident recovered
   * @returns hours since the deploy; null: it does not say so
   */
  readonly findReturn: (world: World, closedAfter: number) => number | null;
};
