import type { Check } from "../check.ts";
import type { Code } from "../code.ts";
import type { CheckWires } from "../wires.ts";
import type { WorkerSettings } from "./facts.ts";
import { judgeWorker } from "./judge-worker.ts";
import { readWorker } from "./read-worker.ts";

/** Asks for what a repair will need, and judges the answers. */
export async function checkWorker(
  settings: WorkerSettings,
  code: Pick<Code, "repository">,
  apiUrl: string,
  now: Date,
  wires: CheckWires,
): Promise<readonly Check[]> {
  return judgeWorker(settings, await readWorker(settings, code, apiUrl, now, wires));
}
