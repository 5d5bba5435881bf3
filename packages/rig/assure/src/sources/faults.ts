import { FAULT_KINDS } from "@patchpilot/faults/kinds";
import {
  type FaultCell,
  listCells,
  playFaults,
  playTwins,
  type Result,
  replayCommand,
  type StoryTwins,
  spreadCells,
} from "@patchpilot/faults/matrix";
import { countControls } from "@patchpilot/faults/play-controls";
import { FAULT_STORIES } from "@patchpilot/faults/stories";
import type { FigureSource, Tally } from "../figure.ts";
import { describeBound } from "../interval.ts";

/** Cells of each endpoint of each story that the part `spread` plays; the others leave them out. */
const SPREAD = 2;
const SPREAD_SEED = 1;
/** Faults that the table shows; the command lists all. */
const SHOWN = 10;

/** A story as the name of a part. */
const PARTS = new Map(
  FAULT_STORIES.map((story) => [`${story.action}-${story.story}`.replaceAll(" ", "-"), story]),
);

export const faults: FigureSource = {
  name: "faults",
  goal: "every action x endpoint x >= 30 kinds of fault safe, none hangs",
  // What is kept, and what measures other figures, changes nothing here.
  measures: [
    ...["actions", "packages", ":(exclude)**/*.md"],
    ...["assure", "bench", "demo", "model", "mutants"].map((name) => `:(exclude)packages/rig/${name}`),
  ],
  playShort: async (seed) => {
    const twins = await playTwins();
    const played = await play(spreadCells(listCells(twins), 1, seed), twins);
    return { ...played, counts: { ...played.counts, ...(await playControls()) } };
  },
  shards: ["spread", "controls", ...PARTS.keys()],
  playShard: async (shard) => {
    if (shard === "controls") return { sample: 0, counts: await playControls(), worst: {}, faults: [] };
    const twins = await playTwins(PARTS.get(shard));
    const cells = listCells(twins);
    const spread = new Set(spreadCells(cells, SPREAD, SPREAD_SEED));
    return play(
      cells.filter((cell) => spread.has(cell) === (shard === "spread")),
      twins,
    );
  },
  describe: ({ sample, counts }) => {
    const { unsafe = 0, controls = 0, "controls noticed": noticed = 0 } = counts;
    return {
      seen: `${sample - unsafe} of ${sample} safe, of ${FAULT_KINDS.length} kinds; ${noticed} of ${controls} unsafe runs noticed`,
      holds: sample > 0 && unsafe === 0 && controls > 0 && noticed === controls,
      sample: `${sample.toLocaleString("en")} cells`,
      interval: describeBound(unsafe, sample),
    };
  },
};

async function playControls(): Promise<Readonly<Record<string, number>>> {
  const { controls, noticed } = await countControls();
  return { controls, "controls noticed": noticed };
}

const play = async (cells: readonly FaultCell[], twins: StoryTwins): Promise<Tally> =>
  toTally(await playFaults(cells, twins));

function toTally(results: readonly Result[]): Tally {
  const unsafe = results.filter((result) => result.unsafe.length > 0);
  return {
    sample: results.length,
    counts: { unsafe: unsafe.length },
    worst: {},
    faults: unsafe
      .slice(0, SHOWN)
      .map((result) => `${result.unsafe[0]?.split("\n")[0]}: ${replayCommand(result)}`),
  };
}
