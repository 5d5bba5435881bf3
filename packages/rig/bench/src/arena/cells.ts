import { WATCH_CELLS } from "../verdicts/watch/watch-cells.ts";
import { WORLD_RATES } from "../verdicts/worlds/world.ts";
import { WORLDS } from "../verdicts/worlds/worlds.ts";
import type { ArenaCell } from "./figures.ts";

/** Every world and every close, at every rate, in the order in which it is printed. */
export const ARENA_CELLS: readonly ArenaCell[] = [
  ...WORLDS.flatMap(({ name }) =>
    WORLD_RATES.map((perHour): ArenaCell => ({ from: "deploy", name, perHour })),
  ),
  ...[...Map.groupBy(WATCH_CELLS, ({ pattern }) => pattern)].flatMap(([name, cells]) =>
    [...new Set(cells.map(({ perHour }) => perHour))].map(
      (perHour): ArenaCell => ({ from: "close", name, perHour }),
    ),
  ),
];
