import type { FigureSource } from "../figure.ts";
import { playReplays } from "../forged/play-forgeries.ts";
import { boundOf } from "../interval.ts";
import { numberShards } from "../shards.ts";

const SHORT = 2_000;
const EACH = 20_000;
const SHARDS = numberShards(5);

export const replayedRecords: FigureSource = {
  name: "replayed-records",
  goal: "0 older states believed where the newer is gone",
  measures: ["packages/ledger/src", "packages/incident/src", "packages/rig/assure/src/forged"],
  playShort: async (seed) => playReplays(SHORT, seed * 1_000_003),
  shards: SHARDS,
  playShard: async (shard) => playReplays(EACH, SHARDS.indexOf(shard) * EACH),
  describe: ({ sample, counts }) => {
    const { believed = 0, "refused beside": refused = 0 } = counts;
    return {
      seen: `${believed.toLocaleString("en")} believed; beside the newer ${refused.toLocaleString("en")} refused`,
      holds: believed === 0 && refused === sample && sample > 0,
      sample: `${sample.toLocaleString("en")} records`,
      interval: boundOf(believed, sample),
    };
  },
};
