import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { actionEnvironment } from "./action-environments.ts";
import { measureEmptyProcess, measureFirstRequest } from "./measure-start.ts";

/** How one action starts. Times in milliseconds, medians over the rounds; `ratio` is against the empty process. */
export type ActionStart = {
  readonly action: string;
  readonly scriptBytes: number;
  readonly medianMs: number;
  readonly ratio: number;
};

export type StartComparison = {
  readonly node: string;
  readonly rounds: number;
  readonly emptyMs: number;
  readonly actions: readonly ActionStart[];
};

/** Milliseconds of one start each. */
type Measure = {
  readonly emptyProcess: typeof measureEmptyProcess;
  readonly firstRequest: typeof measureFirstRequest;
};

/**
 * Starts an empty Node process and every bundle in turn, round by round, so that what else the machine does
 * meets them alike.
 * @param folders actions whose `dist` is built
 * @param measure how long starts take; tests bring their own times
 */
export async function compareStarts(
  folders: readonly string[],
  rounds: number,
  measure: Measure = { emptyProcess: measureEmptyProcess, firstRequest: measureFirstRequest },
): Promise<StartComparison> {
  const scratch = mkdtempSync(join(tmpdir(), "cold-start-"));
  try {
    const empty = join(scratch, "empty.mjs");
    writeFileSync(empty, "");
    const emptyTimes: number[] = [];
    const times = folders.map((): number[] => []);
    // The first round fills the disk cache and does not count.
    for (let round = 0; round <= rounds; round += 1) {
      const emptyMs = await measure.emptyProcess(empty);
      if (round > 0) emptyTimes.push(emptyMs);
      for (const [index, folder] of folders.entries()) {
        const firstMs = await measure.firstRequest((address) => measureFirst(folder, address, scratch));
        if (round > 0) times[index]?.push(firstMs);
      }
    }
    const emptyMs = median(emptyTimes);
    const actions = folders.map((folder, index) => describe(folder, median(times[index] ?? []), emptyMs));
    return { node: process.version, rounds, emptyMs, actions };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const measureFirst = (folder: string, address: string, scratch: string) => ({
  script: join(folder, "dist", "index.js"),
  environment: actionEnvironment(basename(folder), address, scratch),
});

function describe(folder: string, medianMs: number, emptyMs: number): ActionStart {
  const dist = join(folder, "dist");
  const scripts = readdirSync(dist).filter((name) => name.endsWith(".js"));
  return {
    action: basename(folder),
    scriptBytes: scripts.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0),
    medianMs,
    ratio: medianMs / emptyMs,
  };
}

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
