import type { FigureSource } from "../figure.ts";
import { playReplays } from "../forged/play-forgeries.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";
import { forgedRecords } from "./forged-records.ts";

const EACH = 20_000;
const SHARDS = numberShards(5);

export const replayedRecords: FigureSource = {
  name: "replayed-records",
  goal: "0 older states believed where the newer is gone",
  measures: forgedRecords.measures,
  playShort: async (seed) => playReplays(EACH / 10, seed * 1_000_003),
  shards: SHARDS,
  playShard: async (shard) => playReplays(EACH, SHARDS.indexOf(shard) * EACH),
  describe: ({ sample, counts }) => {
    const { believed = 0, "refused beside": refused = 0 } = counts;
    return {
      seen: `${believed.toLocaleString("en")} believed; beside the newer ${refused.toLocaleString("en")} refused`,
      holds: believed === 0 && refused === sample && sample > 0,
      sample: `${sample.toLocaleString("en")} records`,
      interval: describeBound(believed, sample),
    };
  },
};
