/** Runs the cells that it is sent, one after another. Started by run-in-workers.ts. */
import { parentPort } from "node:worker_threads";
import type { Cell } from "./cells.ts";
import type { LatencyCell } from "./latency-catalogue.ts";
import { type LatencyFigures, runLatencyCell } from "./latency-cells.ts";
import { type CellFigures, simulateCell } from "./run-cell.ts";

export type CellTask = { readonly trials: number; readonly seed: number } & (
  | { readonly rule: "errors"; readonly cell: Cell }
  | { readonly rule: "latency"; readonly cell: LatencyCell }
);

export type Done =
  | { readonly rule: "errors"; readonly figures: CellFigures }
  | { readonly rule: "latency"; readonly figures: LatencyFigures };

parentPort?.on("message", (task: CellTask) => parentPort?.postMessage(run(task)));

function run({ trials, seed, ...task }: CellTask): Done {
  return task.rule === "errors"
    ? { rule: task.rule, figures: simulateCell(task.cell, trials, seed) }
    : { rule: task.rule, figures: runLatencyCell(task.cell, trials, seed) };
}
