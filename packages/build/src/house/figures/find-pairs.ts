import { isTelling, shapeOf } from "./shape.ts";

/** A file by its lines, with comments blanked. */
export type Lined = { readonly path: string; readonly code: readonly string[] };

/** Two files that share a run of lines, or one file that has it twice. */
export type Pair = { readonly first: Place; readonly second: Place };

/** Where their first shared run begins: the line, and which one that is among those that count. */
type Place = { readonly path: string; readonly line: number; readonly index: number };

/** How many lines in a row make a run. */
const RUN = 6;
/** In how many places a run may occur before it is too common to be worth a look. */
const COMMON = 8;

/** Files that share lines to the letter, and those that share them but for names, strings and numbers; each pair once. */
export function findPairs(files: readonly Lined[]): { readonly exact: Pair[]; readonly byShape: Pair[] } {
  const exact = pairRuns(files, (text) => text);
  const alike = pairRuns(files, shapeOf, isTelling);
  const byShape = [...alike].filter(([key]) => !exact.has(key)).map(([, pair]) => pair);
  return { exact: [...exact.values()], byShape };
}

type Counts = (run: readonly string[]) => boolean;

function pairRuns(
  files: readonly Lined[],
  write: (text: string) => string,
  counts: Counts = () => true,
): Map<string, Pair> {
  const places = new Map<string, Place[]>();
  for (const { path, code } of files) {
    const lines = code.flatMap(pickLine).map(({ line, text }) => ({ line, text: write(text) }));
    for (const [index, { line }] of lines.entries()) {
      const run = lines.slice(index, index + RUN).map(({ text }) => text);
      if (run.length < RUN || !counts(run)) continue;
      const key = run.join("\n");
      const known = places.get(key) ?? [];
      known.push({ path, line, index });
      places.set(key, known);
    }
  }
  const pairs = [...places.values()].filter(({ length }) => length <= COMMON).flatMap(pairUp);
  return new Map(pairs.toReversed().map((pair) => [`${pair.first.path} ${pair.second.path}`, pair]));
}

/** A line that says something, its white space folded: no import, nothing blank, no punctuation alone. */
function pickLine(code: string, index: number): { line: number; text: string }[] {
  const text = code.trim().replace(/\s+/g, " ");
  return /[\p{L}\p{N}]/u.test(text) && !/^import\b/.test(text) ? [{ line: index + 1, text }] : [];
}

/** All pairs of places that do not overlap. */
const pairUp = (places: readonly Place[]): Pair[] =>
  places.flatMap((first, at) =>
    places
      .slice(at + 1)
      .filter(({ path, index }) => path !== first.path || index - first.index >= RUN)
      .map((second) => ({ first, second })),
  );
