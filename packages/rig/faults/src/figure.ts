import type { FigureSource, Tally } from "@patchpilot/assure/figure";
import { FAULT_KINDS } from "./kinds.ts";
import { drawCells, listCells, playCells, playTwins, type Result, replayCommand } from "./matrix.ts";
import { FAULT_STORIES } from "./stories.ts";

/** Cells of a short sample. */
const SHORT = 150;
/** Faults that are told in the table; the command lists all. */
const TOLD = 10;

const COMMAND = "npm run faults -- --full";

/** The matrix of faults: each kind at each endpoint of each action. A shard is an action. */
export const FAULTS: FigureSource = {
  name: "faults",
  measures: ["actions", "packages"],
  playShort: async (seed) => {
    const twins = await playTwins();
    return tally(await playCells(drawCells(listCells(twins), SHORT, seed), twins));
  },
  shards: [...new Set(FAULT_STORIES.map(({ action }) => action))],
  playShard: async (action) => {
    const twins = await playTwins({ action });
    return tally(await playCells(listCells(twins), twins));
  },
  describe: ({ sample, counts }) => {
    const { unsafe = 0 } = counts;
    return {
      figure: "faults",
      goal: "100 % safe",
      seen: `${sample - unsafe} of ${sample} safe, of ${FAULT_KINDS.length} kinds`,
      holds: sample > 0 && unsafe === 0,
      sample: `${sample} cells`,
      command: COMMAND,
    };
  },
};

const tally = (results: readonly Result[]): Tally => {
  const unsafe = results.filter((result) => result.unsafe.length > 0);
  return {
    sample: results.length,
    counts: { unsafe: unsafe.length },
    worst: {},
    faults: unsafe.slice(0, TOLD).map((result) => `${result.unsafe[0]}: ${replayCommand(result)}`),
  };
};
