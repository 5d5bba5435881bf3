/** Runs the cells that it is sent, one after another. Started by run-in-workers.ts. */
import { parentPort } from "node:worker_threads";
import { lineUp } from "../arena/contestants.ts";
import type { ArenaCell, ArenaFigures } from "../arena/figures.ts";
import { playArena } from "../arena/play-arena.ts";
import type { Cell } from "./cells.ts";
import type { LatencyCell } from "./latency-catalogue.ts";
import { type LatencyFigures, runLatencyCell } from "./latency-cells.ts";
import { JUDGES, type JudgeName } from "./play/judges.ts";
import { playWorld, type WorldCell, type WorldFigures } from "./play/play-world.ts";
import { type CellFigures, simulateCell } from "./run-cell.ts";
import { DETECTORS, type DetectorName } from "./watch/detectors.ts";
import { runWatchCell, type WatchFigures } from "./watch/run-watch-cell.ts";
import type { WatchCell } from "./watch/watch-cells.ts";

export type CellTask = { readonly trials: number; readonly seed: number } & (
  | { readonly rule: "errors"; readonly cell: Cell }
  | { readonly rule: "latency"; readonly cell: LatencyCell }
  | { readonly rule: "world"; readonly judge: JudgeName; readonly cell: WorldCell }
  | { readonly rule: "arena"; readonly ours: string; readonly cell: ArenaCell }
  | { readonly rule: "watch"; readonly detector: DetectorName; readonly cell: WatchCell }
);

export type Done =
  | { readonly rule: "errors"; readonly figures: CellFigures }
  | { readonly rule: "latency"; readonly figures: LatencyFigures }
  | { readonly rule: "world"; readonly judge: JudgeName; readonly figures: WorldFigures }
  | { readonly rule: "arena"; readonly figures: ArenaFigures }
  | { readonly rule: "watch"; readonly detector: DetectorName; readonly figures: WatchFigures };

parentPort?.on("message", (task: CellTask) => parentPort?.postMessage(run(task)));

function run({ trials, seed, ...task }: CellTask): Done {
  switch (task.rule) {
    case "errors":
      return { rule: task.rule, figures: simulateCell(task.cell, trials, seed) };
    case "latency":
      return { rule: task.rule, figures: runLatencyCell(task.cell, trials, seed) };
    case "world": {
      const { rule, judge, cell } = task;
      return { rule, judge, figures: playWorld(JUDGES[judge], cell, trials, seed) };
    }
    case "arena":
      return { rule: task.rule, figures: playArena(lineUp(task.ours), task.cell, trials, seed) };
    case "watch": {
      const { rule, detector, cell } = task;
      return { rule, detector, figures: runWatchCell(DETECTORS[detector], cell, trials, seed) };
    }
  }
}
