import type { Trial } from "../outcome.ts";
import type { World } from "../worlds/world.ts";

/** A rule with the eyes that it has. */
export type Judge = (world: World) => Trial & {
  /** Hours after the deploy for which the first look promises "recovered"; null: none. */
  readonly promised: number | null;
};
