import { deriveSeed, seededRandom } from "../verdicts/draws.ts";
import { findWorld } from "../verdicts/play/play-world.ts";
import { WATCH_CELLS } from "../verdicts/watch/watch-cells.ts";
import { drawWorld } from "../verdicts/worlds/draw-world.ts";
import { drawAftermath } from "../verdicts/worlds/relapses.ts";
import { drawTwins } from "./bring-back.ts";
import type { Contestant } from "./contestant.ts";
import { type Ending, endClosed, endTwins, endWorld } from "./endings.ts";
import { type ArenaCell, type ArenaFigures, sumUpEndings } from "./figures.ts";

/** Lets everybody judge the same incidents. The same seed draws the same ones for all of them. */
export function playArena(
  contestants: readonly Contestant[],
  cell: ArenaCell,
  trials: number,
  seed: number,
): ArenaFigures {
  const draw = cell.from === "deploy" ? drawWorlds(cell, seed) : drawCloses(cell, seed);
  const ended = Array.from({ length: trials }, (_, trial) => contestants.map(draw(trial)));
  return { cell, contestants: sumUpEndings(contestants, ended) };
}

/** Draws the incidents of a trial; how each of them ends for a contestant. */
type Draw = (trial: number) => (contestant: Contestant) => Ending[];

const PARTLY_FIXED = [0.5, 0.25] as const;

/** Incidents of a world: not fixed, partly fixed, fixed, and fixed until all of it comes back. */
function drawWorlds({ name, perHour }: ArenaCell, seed: number): Draw {
  const kind = findWorld(name);
  const left = (residue: number) => kind.leftInProduction?.(residue) ?? residue;
  return (trial) => {
    const partly = PARTLY_FIXED.map((residue) => {
      const random = seededRandom(deriveSeed({ name, perHour, residue, trial }, seed));
      return { residue, world: drawWorld(kind.plan(random), { perHour, residue }, random) };
    });
    const twins = drawTwins(kind, perHour, deriveSeed({ name, perHour, trial }, seed));
    return (contestant) => [
      endWorld(contestant, twins.whole, left(1)),
      ...partly.map(({ residue, world }) => endWorld(contestant, world, left(residue))),
      ...endTwins(contestant, twins, left(0)),
    ];
  };
}

/** The incidents of `npm run bench:watch`, which everybody closed a day after the deploy. */
function drawCloses({ name, perHour }: ArenaCell, seed: number): Draw {
  const cells = WATCH_CELLS.filter((cell) => cell.pattern === name && cell.perHour === perHour);
  return (trial) => {
    const closed = cells.map((cell) => {
      const random = seededRandom(deriveSeed({ name: cell.name, trial }, seed));
      const aftermath = drawAftermath(cell, random);
      const day = drawAftermath({ ...cell, back: null, days: 1 }, random);
      return { cell, quiet: day.since.events, aftermath };
    });
    return (contestant) => closed.map((each) => endClosed(contestant, each));
  };
}
