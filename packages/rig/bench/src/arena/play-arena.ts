import { RESIDUES } from "../verdicts/cells.ts";
import { deriveSeed, seededRandom } from "../verdicts/draws.ts";
import { findWorld } from "../verdicts/play/play-world.ts";
import { WATCH_CELLS } from "../verdicts/watch/watch-cells.ts";
import { drawWorld } from "../verdicts/worlds/draw-world.ts";
import { drawAftermath } from "../verdicts/worlds/relapses.ts";
import { drawTwins } from "./bring-back.ts";
import type { Contestant } from "./contestant.ts";
import { type Ending, endClosed, endRelapse, endWorld } from "./endings.ts";
import { type ArenaCell, type ArenaFigures, sumUpEndings } from "./figures.ts";

/** How one incident ends for a contestant. */
type Incident = (contestant: Contestant) => Ending;

/** Lets everybody judge the same incidents. The same seed draws the same ones, whoever judges. */
export function playArena(
  contestants: readonly Contestant[],
  cell: ArenaCell,
  trials: number,
  seed: number,
): ArenaFigures {
  const ended: Ending[][] = [];
  for (const draw of cell.from === "deploy" ? drawWorlds(cell, seed) : drawCloses(cell, seed))
    for (let trial = 0; trial < trials; trial++) ended.push(contestants.map(draw(trial)));
  return { cell, trials, contestants: sumUpEndings(contestants, ended) };
}

/** Draws the incident of a trial; called for one after the other. */
type Draw = (trial: number) => Incident;

/** The incidents of `npm run bench:worlds`, and those that are fixed and come back. */
function drawWorlds({ name, perHour }: ArenaCell, seed: number): Draw[] {
  const kind = findWorld(name);
  const left = (residue: number) => kind.leftInProduction?.(residue) ?? residue;
  const drawn = RESIDUES.map((residue): Draw => {
    const random = seededRandom(deriveSeed({ name, perHour, residue }, seed));
    return () => {
      const world = drawWorld(kind.plan(random), { perHour, residue }, random);
      return (contestant) => endWorld(contestant, world, left(residue));
    };
  });
  const comingBack: Draw = (trial) => {
    const twins = drawTwins(kind, perHour, deriveSeed({ name, perHour, trial }, seed));
    return (contestant) => endRelapse(contestant, twins);
  };
  return left(0) === 0 ? [...drawn, comingBack] : drawn;
}

/** The incidents of `npm run bench:watch`, which everybody closed a day after the deploy. */
function drawCloses({ name, perHour }: ArenaCell, seed: number): Draw[] {
  const cells = WATCH_CELLS.filter((cell) => cell.pattern === name && cell.perHour === perHour);
  return cells.map((cell): Draw => {
    const random = seededRandom(deriveSeed({ name: cell.name }, seed));
    const quiet = seededRandom(deriveSeed({ name: cell.name, quiet: true }, seed));
    return () => {
      const aftermath = drawAftermath(cell, random);
      const day = drawAftermath({ ...cell, back: null, days: 1 }, quiet);
      return (contestant) => endClosed(contestant, { cell, quiet: day.since.events, aftermath });
    };
  });
}
