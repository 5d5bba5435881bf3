import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CellTask, Done } from "./cell-worker.ts";

/**
 * Runs cells on every core and gives their figures in the order of the tasks.
 *
 * @param onDone called after each cell with how many are done
 */
export async function runInWorkers(
  tasks: readonly CellTask[],
  onDone: (done: number) => void,
): Promise<Done[]> {
  const results = new Array<Done>(tasks.length);
  const open = tasks.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("./cell-worker.ts", import.meta.url));
    try {
      for (const [index, task] of open) {
        worker.postMessage(task);
        const [result] = (await once(worker, "message")) as [Done];
        results[index] = result;
        onDone(++done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return results;
}
