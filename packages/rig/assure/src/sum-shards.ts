import { type FigureLine, type FigureSource, NOT_MEASURED } from "./figure.ts";
import type { KeptFigure, KeptShard } from "./kept-results.ts";
import { makeFigure, makeUnmeasured } from "./make-figure.ts";
import { addTallies, NOTHING } from "./tally.ts";

/**
 * The line of the full form, from the parts that are kept of one commit: the newest of them. Parts of an older one count
 * only if they are drawn, and a line with parts missing does not hold.
 *
 * @returns undefined if no part is kept
 */
export function sumShards(source: FigureSource, kept: Iterable<KeptShard>): KeptFigure | undefined {
  const known = [...kept].filter(({ shard }) => source.shards.includes(shard));
  const [newest] = known.toSorted((a, b) => b.date.localeCompare(a.date));
  if (newest === undefined) return undefined;
  const same = known.filter(({ commit }) => source.isDrawn || commit === newest.commit);
  const figure = makeFigure(source, same.map(({ tally }) => tally).reduce(addTallies, NOTHING), "full");
  return {
    ...figure,
    seen: `${figure.seen}${describeSpread(same)}`,
    holds: figure.holds && same.length === source.shards.length,
    commit: newest.commit,
    date: newest.date,
    parts: same.length,
    ofParts: source.shards.length,
  };
}

/** Of how many commits the parts are, and since when. */
function describeSpread(parts: readonly KeptShard[]): string {
  const commits = new Set(parts.map(({ commit }) => commit));
  const since = parts.map(({ date }) => date.slice(0, 10)).sort()[0];
  return commits.size > 1 ? `; over ${commits.size} commits since ${since}` : "";
}

/** The line of the short form for what no sample can show: what is kept of the full form, and that no run has seen it since. */
export function showKept(source: FigureSource, kept: Iterable<KeptShard>): FigureLine {
  const sum = sumShards(source, kept);
  if (sum === undefined) return makeUnmeasured({ ...source, missing: nonePlayed(source) });
  const { commit, date, parts, ofParts, ...figure } = sum;
  const isWhole = parts === ofParts;
  const share = isWhole ? "" : `${parts} of ${ofParts} parts, `;
  const seen = `${figure.seen}; ${share}kept of ${commit.slice(0, 12)}, ${date.slice(0, 10)}, not seen by this run`;
  return { ...figure, seen, sample: isWhole ? figure.sample : NOT_MEASURED };
}

export const nonePlayed = ({ shards }: FigureSource): string => `none of ${shards.length} parts was played`;
