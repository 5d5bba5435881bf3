import { parseKey } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import type { DispatchFacts } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";

type Run = DispatchFacts["runs"][number];

/** A run's name bears the key as a whole word: `…-a1` is not `…-a12`. */
export const bearsKey = (run: Run, key: string): boolean => run.title.split(/\s+/).includes(key);

/** Runs that a dispatch may have started, by either event. */
export async function readRuns(ports: DispatchPorts, since: number): Promise<Run[]> {
  const from = new Date(since).toISOString().replace(/\.\d+Z$/, "Z");
  const lists = await Promise.all(
    ["repository_dispatch", "workflow_dispatch"].map((event) => ports.listRuns({ event, since: from })),
  );
  return lists.flat();
}

/** How many attempts of this repository's incidents started a worker in the last hour. */
export async function countStarted(ports: DispatchPorts, repositoryId: number, now: number): Promise<number> {
  const runs = await readRuns(ports, now - HOUR);
  const words = runs.flatMap(({ title }) => title.split(/\s+/));
  return new Set(words.filter((word) => parseKey(word)?.repositoryId === repositoryId)).size;
}
