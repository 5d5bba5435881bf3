import type { Source } from "../sources/parse-source.ts";
import { findCircles } from "./find-circles.ts";
import { findPairs, type Pair } from "./find-pairs.ts";
import { findSharedNames } from "./find-shared-names.ts";
import type { House } from "./read-house.ts";
import { drawGraph } from "./resolve-imports.ts";

/** A number, with the places that it counts. */
export type HouseFigure = { readonly count: number; readonly places: readonly string[] };

export type FigureName =
  | "circles of imports"
  | "circles of values among them"
  | "arrows upward"
  | "pairs of places that share six lines or more"
  | "pairs by shape alone among them"
  | "exported names that two files share"
  | "functions named …Of"
  | "functions over 45 lines"
  | "shipped files over 250 lines"
  | "lines of the longest shipped file"
  | "lines of code, shipped"
  | "lines of code, the rest";

/** What shows how well the house hangs together, what is written twice, and what is too long. */
export function measureHouse(house: House): Readonly<Record<FigureName, HouseFigure>> {
  const { sources, written, shipped, exported, forbidden } = house;
  const ofValues = drawGraph(sources, exported, ({ typesOnly }) => !typesOnly);
  const { exact, byShape } = findPairs(sources);
  const [longest] = shipped.toSorted((one, other) => lengthOf(other) - lengthOf(one));
  const others = sources.filter((each) => !shipped.includes(each));
  return {
    "circles of imports": list(findCircles(drawGraph(sources, exported)), (files) => files.join(" ")),
    "circles of values among them": list(findCircles(ofValues), (files) => files.join(" ")),
    "arrows upward": list(forbidden, (sentence) => sentence),
    "pairs of places that share six lines or more": list([...exact, ...byShape], describePair),
    "pairs by shape alone among them": list(byShape, describePair),
    "exported names that two files share": list(
      [...findSharedNames(written)],
      ([name, files]) => `${name}: ${files.join(" ")}`,
    ),
    "functions named …Of": list(written.flatMap(findOfFunctions), (place) => place),
    "functions over 45 lines": list(written.flatMap(findLongFunctions), (place) => place),
    "shipped files over 250 lines": list(
      shipped.filter((file) => lengthOf(file) > 250),
      ({ path }) => path,
    ),
    "lines of the longest shipped file": {
      count: longest ? lengthOf(longest) : 0,
      places: longest ? [longest.path] : [],
    },
    "lines of code, shipped": { count: countCode(shipped), places: [] },
    "lines of code, the rest": { count: countCode(others), places: [] },
  };
}

const list = <T>(found: readonly T[], describe: (each: T) => string): HouseFigure => ({
  count: found.length,
  places: found.map(describe),
});

const describePair = ({ first, second }: Pair): string =>
  `${first.path}:${first.line} ~ ${second.path}:${second.line}`;

const findOfFunctions = ({ path, functions }: Source): string[] =>
  functions.filter(({ name }) => /[a-z\d]Of$/.test(name)).map(({ name }) => `${name} ${path}`);

const findLongFunctions = ({ path, functions }: Source): string[] =>
  functions.filter(({ lines }) => lines > 45).map(({ name, lines }) => `${name} ${lines} ${path}`);

/** Lines of a file whose last line ends with a line break. */
const lengthOf = ({ code }: Source): number => code.length - 1;

/** Lines that are neither blank nor comment. */
const countCode = (sources: readonly Source[]): number =>
  sources.flatMap(({ code }) => code).filter((line) => line.trim() !== "").length;
