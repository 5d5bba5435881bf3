import type { FigureSource } from "../figure.ts";
import { playReplays } from "../forged/play-replays.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";
import { forgedRecords } from "./forged-records.ts";

const EACH = 20_000;
const SHARDS = numberShards(5);

export const replayedRecords: FigureSource = {
  name: "replayed-records",
  goal: "0 older states believed that a claim or gate knows a later one of",
  measures: forgedRecords.measures,
  playShort: async (seed) => playReplays(EACH / 10, seed * 1_000_003),
  shards: SHARDS,
  playShard: async (shard) => playReplays(EACH, SHARDS.indexOf(shard) * EACH),
  describe: ({ sample, counts }) => {
    const { believed = 0 } = counts;
    const {
      "control believed": control = 0,
      "newest refused": wrong = 0,
      "refused beside": beside = 0,
    } = counts;
    return {
      seen: `${believed.toLocaleString("en")} believed; ${control.toLocaleString("en")} without claim and gate; the newest is refused ${wrong} times`,
      holds: believed === 0 && wrong === 0 && control === sample && beside === sample && sample > 0,
      sample: `${sample.toLocaleString("en")} records`,
      interval: describeBound(believed, sample),
    };
  },
};
