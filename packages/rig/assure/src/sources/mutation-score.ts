import { join } from "node:path";
import { EQUIVALENTS } from "@patchpilot/mutants/equivalents";
import { DECIDING_PARTS, listPartFolders } from "@patchpilot/mutants/parts";
import { playPart } from "@patchpilot/mutants/play-part";
import { countScore, findWrongEquivalents, GOAL, toShare } from "@patchpilot/mutants/score";
import type { FigureSource } from "../figure.ts";
import { ROOT } from "../measured-state.ts";

/** Journals, from which a run continues that was stopped. */
const KEPT = join(ROOT, "node_modules/.cache/mutants");

/**
 * Without a short form: where twenty mutants are drawn of a part with 80 %, 85 % or more are noticed in two runs of
 * five, and a bound that chance does not miss says nothing.
 */
export const mutationScore: FigureSource = {
  name: "mutation-score",
  goal: `>= ${100 * GOAL} % of covered mutants noticed in each part`,
  measures: [...DECIDING_PARTS.flatMap(listPartFolders), "packages/rig/mutants/src"],
  shards: DECIDING_PARTS.map(({ name }) => name),
  playShard: async (shard) => {
    const part = DECIDING_PARTS.find(({ name }) => name === shard);
    if (part === undefined) throw new RangeError(`There is no part ${shard}.`);
    const { ends, whole } = await playPart(ROOT, part, KEPT);
    const score = countScore(ends, EQUIVALENTS);
    const faults = findWrongEquivalents(ends, EQUIVALENTS, whole);
    return {
      sample: score.mutants,
      counts: { ...score, "wrong equivalents": faults.length },
      worst: { "percent unnoticed": Number((100 * (1 - toShare(score))).toFixed(1)) },
      faults: faults.slice(0, 3),
    };
  },
  describe: ({ sample, counts, worst }) => {
    const { killed = 0, timeout = 0, covered = 0, equivalents = 0, "wrong equivalents": wrong = 0 } = counts;
    const least = 100 - (worst["percent unnoticed"] ?? 100);
    return {
      seen: `${least.toFixed(1)} % in the weakest part; ${killed + timeout} of ${covered - equivalents} noticed, ${equivalents} equivalent`,
      holds: least >= 100 * GOAL && wrong === 0,
      sample: `${sample.toLocaleString("en")} mutants`,
    };
  },
};
