import {
  drawCells,
  listCells,
  playCells,
  playTwins,
  type Result,
  replayCommand,
} from "@patchpilot/faults/matrix";
import type { FigureSource, Tally } from "../figure.ts";

/** Cells of a short sample. */
const SHORT = 60;
/** Faults that are told in the table; the command lists all. */
const TOLD = 10;

export const faults: FigureSource = {
  name: "faults",
  goal: "every action x endpoint x >= 30 kinds of fault safe, none hangs",
  measures: ["actions", "packages"],
  playShort: async (seed) => {
    const twins = await playTwins({ action: "doctor" });
    return tally(await playCells(drawCells(listCells(twins), SHORT, seed), twins));
  },
  shards: ["doctor"],
  playShard: async (action) => {
    const twins = await playTwins({ action });
    return tally(await playCells(listCells(twins), twins));
  },
  describe: ({ sample, counts }) => {
    const { unsafe = 0 } = counts;
    return {
      seen: `${sample - unsafe} of ${sample} safe`,
      holds: sample > 0 && unsafe === 0,
      sample: `${sample} cells`,
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
