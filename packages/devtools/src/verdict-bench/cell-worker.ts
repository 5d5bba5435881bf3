/** Runs the cells that it is sent, one after another. Started by run-in-workers.ts. */
import { parentPort } from "node:worker_threads";
import type { Cell } from "./cells.ts";
import { runCell } from "./run-cell.ts";

export type Task = { readonly cell: Cell; readonly trials: number; readonly seed: number };

parentPort?.on("message", ({ cell, trials, seed }: Task) => {
  parentPort?.postMessage(runCell(cell, trials, seed));
});
