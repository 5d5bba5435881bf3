import { deriveSeed, type Random, seededRandom } from "../draws.ts";
import { upperMedian } from "../outcome.ts";
import { drawWorld } from "../worlds/draw-world.ts";
import type { Setting, World, WorldKind } from "../worlds/world.ts";
import { WORLDS } from "../worlds/worlds.ts";
import { type EtaMisses, missEtas } from "./eta-misses.ts";
import type { Judge } from "./judge.ts";

/** A world at one rate and residue. */
export type WorldCell = Setting & { readonly name: string };

/** How the trials of one cell ended, whenever they did. */
export type WorldFigures = {
  readonly cell: WorldCell;
  readonly trials: number;
  readonly recovered: number;
  /** Trials that closed without a word that the fix did it. */
  readonly stopped: number;
  readonly failing: number;
  /** Median hours to "recovered" over all trials; null: most never came to it. */
  readonly medianHours: number | null;
  /** How wrong the first ETA was; null where something is left, which it is not for. */
  readonly eta: EtaMisses | null;
};

/** Plays a world so many times. The same seed draws the same incidents for every judge. */
export function playWorld(judge: Judge, cell: WorldCell, trials: number, seed: number): WorldFigures {
  const kind = findWorld(cell.name);
  const random = seededRandom(deriveSeed(cell, seed));
  const ended = Array.from({ length: trials }, () => judge(drawFrom(kind, cell, random)));
  const count = (name: string) => ended.filter(({ verdict }) => verdict === name).length;
  const delays = ended.flatMap(({ verdict, hours }) => (verdict === "recovered" ? [hours] : []));
  return {
    cell,
    trials,
    recovered: delays.length,
    stopped: count("stopped"),
    failing: count("failing"),
    medianHours: upperMedian(delays, trials),
    eta: cell.residue === 0 ? missEtas(ended) : null,
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
