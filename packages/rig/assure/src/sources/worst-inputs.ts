import type { FigureSource } from "../figure.ts";
import { addTallies } from "../tally.ts";
import { WORST_ENTRIES } from "../worst/entries.ts";
import { playWorst } from "../worst/play-worst.ts";

const ENTRIES = Object.keys(WORST_ENTRIES);
/** Of each entry in the short form. */
const SHAPES = 6;

export const worstInputs: FigureSource = {
  name: "worst-inputs",
  goal: "65,536 characters: <= 250 ms of CPU (25 million logarithms on a slower core), about twice for twice the text",
  measures: [
    "packages/evidence/src",
    "packages/test-report/src",
    "packages/ledger/src",
    "packages/rig/assure/src/worst",
    "packages/rig/bench/src/redaction",
    "packages/rig/bench/src/thread-time.ts",
  ],
  isTimed: true,
  playShort: async (seed) => playWorst(ENTRIES, seed, SHAPES).reduce(addTallies),
  shards: ENTRIES.map((name) => name.replace(/[^a-z]+/gi, "-").toLowerCase()),
  playShard: async (shard) =>
    playWorst(
      ENTRIES.filter((name) => name.replace(/[^a-z]+/gi, "-").toLowerCase() === shard),
      1,
    ).reduce(addTallies),
  describe: ({ sample, counts, worst }) => {
    const { milliseconds = 0, "million logarithms": logarithms = 0, growth = 0 } = worst;
    const { missed = 0, controls = 0, "control noticed": noticed = 0 } = counts;
    return {
      seen: `${milliseconds} ms, or ${logarithms} million logarithms on the same core; ${growth === 0 ? "too quick to compare" : `${growth} times those of half`}; a quadratic reader is noticed ${noticed} of ${controls} times`,
      holds: sample > 0 && missed === 0 && noticed === controls && controls > 0,
      sample: `${sample} pairs of entry and shape`,
    };
  },
};
