import type { Trial } from "../verdicts/outcome.ts";
import type { WatchCell } from "../verdicts/watch/watch-cells.ts";
import type { Aftermath } from "../verdicts/worlds/relapses.ts";
import type { World } from "../verdicts/worlds/world.ts";

/** An incident that everybody has just closed. */
export type Closed = {
  readonly cell: WatchCell;
  /** Errors in the buckets from the deploy to the close. */
  readonly quiet: readonly number[];
  readonly aftermath: Aftermath;
};

/** Our rule or a rival, with the eyes that it has. */
export type Contestant = {
  readonly name: string;
  /** Its rule in one sentence, for the table. */
  readonly rule: string;
  readonly judge: (world: World) => Trial;
  /**
   * When it says that the errors of an incident are back.
   *
   * @param closedAfter hours from the deploy until it called the incident recovered
   * @returns hours since the deploy; null: it does not say so
   */
  readonly findReturn: (world: World, closedAfter: number) => number | null;
  /** The same of an incident that it did not close itself, in hours since the close. */
  readonly watch: (closed: Closed) => number | null;
};
