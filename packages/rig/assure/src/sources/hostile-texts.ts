import type { FigureSource } from "../figure.ts";
import { SINGLE_TEXTS } from "../hostile/hostile-texts.ts";
import { playHostile } from "../hostile/play-hostile.ts";
import { boundOf } from "../interval.ts";
import { numberShards } from "../shards.ts";

/** Beyond the single texts, which are always played. */
const MIXED = 100;
const EACH = 2_000;
const SHARDS = numberShards(10);

export const hostileTexts: FigureSource = {
  name: "hostile-texts",
  goal: "0 rendered unlike the twin",
  measures: ["packages/evidence/src", "actions/propose/src", "packages/rig/assure/src/hostile"],
  playShort: async (seed) => playHostile(seed === 1 ? 0 : SINGLE_TEXTS + seed * MIXED, SINGLE_TEXTS + MIXED),
  shards: SHARDS,
  playShard: async (shard) => playHostile(SHARDS.indexOf(shard) * EACH, EACH),
  describe: ({ sample, counts }) => {
    const { acted = 0, texts = 0, "control noticed": noticed = 0 } = counts;
    return {
      seen: `${acted} unlike the twin; written as they come, ${noticed} of ${texts} are`,
      holds: acted === 0 && noticed > texts / 2,
      sample: `${texts.toLocaleString("en")} texts, ${sample.toLocaleString("en")} with their carriers`,
      interval: boundOf(acted, sample),
    };
  },
};
