import type { FigureSource } from "../figure.ts";
import { playForgeries } from "../forged/play-forgeries.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";

const SHORT = 10_000;
const EACH = 100_000;
const SHARDS = numberShards(10);

export const forgedRecords: FigureSource = {
  name: "forged-records",
  goal: "0 believed",
  measures: ["packages/ledger/src", "packages/incident/src", "packages/rig/assure/src/forged"],
  playShort: async (seed) => playForgeries(SHORT, seed * 1_000_003),
  shards: SHARDS,
  playShard: async (shard) => playForgeries(EACH, SHARDS.indexOf(shard) * EACH),
  describe: ({ sample, counts }) => {
    const { believed = 0, ...rest } = counts;
    const controls = Object.entries(rest).filter(([name]) => name.startsWith("control "));
    const unnoticed = controls.filter(([, noticed]) => noticed === 0).map(([name]) => name);
    return {
      seen: `${believed} believed; ${controls.length - unnoticed.length} of ${controls.length} kinds are believed without what refuses them`,
      holds: believed === 0 && controls.length > 0 && unnoticed.length === 0,
      sample: `${sample.toLocaleString("en")} records`,
      interval: describeBound(believed, sample),
    };
  },
};
