import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CellTask, Done } from "./cell-worker.ts";
import { KEEP_NOTHING, type KeptCells } from "./kept-cells.ts";

/**
 * Runs cells on every core and gives their figures in the order of the tasks.
 *
 * @param onDone called after each cell with how many are done
 * @param kept cells that were run before
 */
export async function runInWorkers(
  tasks: readonly CellTask[],
  onDone: (done: number) => void,
  kept: KeptCells = KEEP_NOTHING,
): Promise<Done[]> {
  const results = tasks.map((task) => kept.find(task));
  const open = [...tasks.entries()].filter(([index]) => results[index] === undefined).values();
  let done = results.filter(Boolean).length;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("./cell-worker.ts", import.meta.url));
    try {
      for (const [index, task] of open) {
        worker.postMessage(task);
        const [result] = (await once(worker, "message")) as [Done];
        results[index] = result;
        kept.add(task, result);
        onDone(++done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return results.filter((result) => result !== undefined);
}
