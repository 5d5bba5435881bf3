import type { FigureSource, Tally } from "../figure.ts";
import { SINGLE_TEXTS } from "../hostile/hostile-texts.ts";
import { playHostile, playIssues } from "../hostile/play-hostile.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";
import { addTallies } from "../tally.ts";

/** Beyond the single texts, which are always played. */
const MIXED = 20;
/** Of the single texts, which runs of actions are played with in the short form. */
const EVERY = 17;
const EACH = 2_000;
const MIXED_SHARDS = numberShards(10);

const singles = Array.from({ length: SINGLE_TEXTS }, (_, at) => at);

async function playSample(seed: number): Promise<Tally> {
  const single = playHostile(0, SINGLE_TEXTS);
  const mixed = playHostile(SINGLE_TEXTS + seed * MIXED, MIXED);
  const issues = await playIssues(singles.filter((at) => at % EVERY === seed % EVERY));
  return [single, mixed, issues].reduce(addTallies);
}

export const hostileTexts: FigureSource = {
  name: "hostile-texts",
  goal: "0 rendered unlike the twin",
  measures: [
    ...[
      "packages/evidence/src",
      "packages/acceptance/src",
      "packages/status/src",
      "packages/rig/assure/src/hostile",
    ],
    ...["actions/propose/src", "actions/intake/src", "actions/dispatch/src"],
  ],
  playShort: playSample,
  shards: ["issues", ...MIXED_SHARDS],
  playShard: async (shard) =>
    shard === "issues" ? playIssues(singles) : playHostile(MIXED_SHARDS.indexOf(shard) * EACH, EACH),
  describe: ({ sample, counts }) => {
    const { acted = 0, texts = 0, "control noticed": noticed = 0 } = counts;
    return {
      seen: `${acted} unlike the twin; written as they come, ${noticed} of ${texts} are`,
      holds: acted === 0 && noticed > texts / 2,
      sample: `${texts.toLocaleString("en")} texts, ${sample.toLocaleString("en")} with their carriers`,
      interval: describeBound(acted, sample),
    };
  },
};
