import { countEncodings, countProviders } from "@patchpilot/bench/redaction/named-providers";
import { measureFalseRedactions } from "@patchpilot/bench/redaction/ordinary-texts";
import { measureRecall } from "@patchpilot/bench/redaction/recall";
import type { FigureSource, Tally } from "../figure.ts";
import { lowerBound, twoDigitPercent, upperBound } from "../interval.ts";
import { ROOT } from "../measured-state.ts";
import { numberShards } from "../shards.ts";

const SHARDS = numberShards(5);

/** Draws secrets and ordinary texts by a seed. */
async function play(seed: number): Promise<Tally> {
  const known = measureRecall("known", seed);
  const heldOut = measureRecall("held-out", seed);
  const providers = countProviders(seed);
  const encodings = countEncodings(seed);
  const ordinary = measureFalseRedactions(ROOT, seed);
  const missed = [...providers.missed, ...encodings.missed].map((each) => `missed: ${each.slice(0, 200)}`);
  return {
    sample: known.secrets + heldOut.secrets + providers.all + encodings.all,
    counts: {
      ...{ known: known.secrets, "known found": known.found },
      ...{ "held out": heldOut.secrets, "held out found": heldOut.found },
      ...{ named: providers.all + encodings.all, "named found": providers.found + encodings.found },
      ...{ ordinary: ordinary.texts, wrong: ordinary.wrong.length },
    },
    worst: {},
    faults: missed.slice(0, 8),
  };
}

const share = (part = 0, all = 0): string => `${((100 * part) / all).toFixed(2)} %`;

export const redaction: FigureSource = {
  name: "redaction",
  goal: ">= 99 % of public rules, >= 85 % of families held out, 100 % of named services and encodings, <= .1 % false",
  measures: ["packages/evidence/src", "packages/rig/bench/src/redaction"],
  playShort: play,
  shards: SHARDS,
  playShard: (shard) => play(SHARDS.indexOf(shard) + 1),
  describe: ({ sample, counts }) => {
    const { known = 0, named = 0, ordinary = 0, wrong = 0 } = counts;
    const heldOut = counts["held out"] ?? 0;
    const found = (name: string): number => counts[`${name} found`] ?? 0;
    return {
      seen: `${share(found("known"), known)}; ${share(found("held out"), heldOut)}; ${share(found("named"), named)}; ${share(wrong, ordinary)} false`,
      holds:
        found("known") >= 0.99 * known &&
        found("held out") >= 0.85 * heldOut &&
        found("named") === named &&
        wrong <= 0.001 * ordinary &&
        known * heldOut * named * ordinary > 0,
      sample: `${sample.toLocaleString("en")} secrets, ${ordinary.toLocaleString("en")} ordinary texts`,
      interval: `>= ${twoDigitPercent(lowerBound(found("known"), known))}; >= ${twoDigitPercent(lowerBound(found("held out"), heldOut))}; >= ${twoDigitPercent(lowerBound(found("named"), named))}; <= ${twoDigitPercent(upperBound(wrong, ordinary))} at 95 %`,
    };
  },
};
