import { deriveSeed, type Random, seededRandom } from "../draws.ts";
import { upperMedian } from "../outcome.ts";
import { drawWorld } from "../worlds/draw-world.ts";
import type { Setting, World, WorldKind } from "../worlds/world.ts";
import { WORLDS } from "../worlds/worlds.ts";
import type { Judge } from "./judge-as-shipped.ts";

/** A world at one rate and residue. */
export type WorldCell = Setting & { readonly name: string };

/** How the trials of one cell ended, whenever they did. */
export type WorldFigures = {
  readonly cell: WorldCell;
  readonly trials: number;
  readonly recovered: number;
  readonly failing: number;
  /** Median hours to "recovered" over all trials; null: most never came to it. */
  readonly medianHours: number | null;
};

/** Plays a world so many times. The same seed draws the same incidents for every judge. */
export function playWorld(judge: Judge, cell: WorldCell, trials: number, seed: number): WorldFigures {
  const kind = findWorld(cell.name);
  const random = seededRandom(deriveSeed(cell, seed));
  const ended = Array.from({ length: trials }, () => judge(drawFrom(kind, cell, random)));
  const delays = ended.flatMap(({ verdict, hours }) => (verdict === "recovered" ? [hours] : []));
  return {
    cell,
    trials,
    recovered: delays.length,
    failing: ended.filter(({ verdict }) => verdict === "failing").length,
    medianHours: upperMedian(delays, trials),
  };
}

const drawFrom = (kind: WorldKind, setting: Setting, random: Random): World =>
  drawWorld(kind.plan(random), setting, random);

/** @throws RangeError for a name that no world has */
export function findWorld(name: string): WorldKind {
  const kind = WORLDS.find((each) => each.name === name);
  if (kind === undefined) throw new RangeError(`There is no world named "${name}".`);
  return kind;
}
