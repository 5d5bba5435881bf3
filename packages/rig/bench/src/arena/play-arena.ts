import { RESIDUES } from "../verdicts/cells.ts";
import { deriveSeed } from "../verdicts/draws.ts";
import { drawInTurn, findWorld } from "../verdicts/play/play-world.ts";
import { drawTwins } from "./bring-back.ts";
import type { Contestant } from "./contestant.ts";
import { type Ending, endRelapse, endWorld } from "./endings.ts";
import { type ArenaCell, type ArenaFigures, sumUpEndings } from "./figures.ts";

/**
 * Lets everybody judge the same histories of a world at one rate: those of `npm run bench:worlds`, and as many that are
 * fixed and come back.
 */
export function playArena(
  contestants: readonly Contestant[],
  cell: ArenaCell,
  trials: number,
  seed: number,
): ArenaFigures {
  const ended = [...RESIDUES.flatMap(playResidue), ...playRelapses()];
  return { cell, trials, contestants: sumUpEndings(contestants, ended) };

  function playResidue(residue: number): Ending[][] {
    const drawn = { ...cell, residue };
    const draw = drawInTurn(drawn, seed);
    const left = findWorld(cell.name).leftInProduction?.(residue) ?? residue;
    return Array.from({ length: trials }, () => {
      const world = draw();
      return contestants.map((contestant) => endWorld(contestant, world, left));
    });
  }

  function playRelapses(): Ending[][] {
    const kind = findWorld(cell.name);
    if ((kind.leftInProduction?.(0) ?? 0) > 0) return [];
    return Array.from({ length: trials }, (_, trial) => {
      const twins = drawTwins(kind, cell.perHour, deriveSeed({ ...cell, trial }, seed));
      return contestants.map((contestant) => endRelapse(contestant, twins));
    });
  }
}
