import { WATCH_CELLS } from "../verdicts/watch/watch-cells.ts";
import { WORLDS } from "../verdicts/worlds/worlds.ts";
import type { ArenaCell } from "./figures.ts";

/** Errors an hour: of those of the worlds a rare, a usual and a frequent one; of those of the watch two. */
const RATES = { deploy: [0.2, 1, 5], close: [0.5, 5] } as const;

const CLOSES = [...new Set(WATCH_CELLS.map(({ pattern }) => pattern))];

/** Every world and every close, in the order in which it is printed. */
export const ARENA_CELLS: readonly ArenaCell[] = [
  ...WORLDS.flatMap(({ name }) =>
    RATES.deploy.map((perHour): ArenaCell => ({ from: "deploy", name, perHour })),
  ),
  ...CLOSES.flatMap((name) => RATES.close.map((perHour): ArenaCell => ({ from: "close", name, perHour }))),
];
