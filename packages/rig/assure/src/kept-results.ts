import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FigureLine, Tally } from "./figure.ts";

/** Where results of the full form are kept, and committed as data. */
const RESULTS = fileURLToPath(new URL("../results", import.meta.url));

/** One part of the full form, as it was played. */
export type KeptShard = {
  readonly figure: string;
  readonly shard: string;
  readonly command: string;
  /** The last commit of what it measures. */
  readonly commit: string;
  /** UTC. */
  readonly date: string;
  readonly minutes: number;
  readonly tally: Tally;
};

/** The line of a figure in the full form. It is whole once every part was played, of one commit if it is not drawn. */
export type KeptFigure = FigureLine & {
  readonly commit: string;
  readonly date: string;
  readonly parts: number;
  readonly ofParts: number;
};

/** What is kept of a figure, by the names of its parts. */
export function readShards(figure: string, folder = RESULTS): Map<string, KeptShard> {
  const place = join(folder, figure);
  if (!existsSync(place)) return new Map();
  const kept = readdirSync(place)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(place, name), "utf8")) as KeptShard);
  return new Map(kept.map((each) => [each.shard, each]));
}

export const keepShard = (kept: KeptShard, folder = RESULTS): void =>
  keep(join(folder, kept.figure, `${kept.shard}.json`), kept);

export const keepFigure = (kept: KeptFigure | FigureLine, folder = RESULTS): void =>
  keep(join(folder, `${kept.figure}.json`), kept);

/** In one step: a run that dies leaves no half of a result. */
function keep(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
