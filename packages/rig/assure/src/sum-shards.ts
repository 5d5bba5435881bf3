import type { FigureSource } from "./figure.ts";
import type { KeptFigure, KeptShard } from "./kept-results.ts";
import { makeFigure } from "./make-figure.ts";
import { addTallies, NOTHING } from "./tally.ts";

/**
 * The line of the full form, from the parts that are kept of one commit: the newest of them. Parts of an older one do not
 * count, and a line with parts missing does not hold.
 *
 * @returns undefined if no part is kept
 */
export function sumShards(source: FigureSource, kept: Iterable<KeptShard>): KeptFigure | undefined {
  const known = [...kept].filter(({ shard }) => source.shards.includes(shard));
  const [newest] = known.toSorted((a, b) => b.date.localeCompare(a.date));
  if (newest === undefined) return undefined;
  const same = known.filter(({ commit }) => commit === newest.commit);
  const figure = makeFigure(source, same.map(({ tally }) => tally).reduce(addTallies, NOTHING), "full");
  return {
    ...figure,
    holds: figure.holds && same.length === source.shards.length,
    commit: newest.commit,
    date: newest.date,
    parts: same.length,
    ofParts: source.shards.length,
  };
}
