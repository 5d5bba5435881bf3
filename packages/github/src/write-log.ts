import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PacedWrite, PacedWrites } from "@patchpilot/http";

/** The job that a process is a step of. */
export type JobFolder = {
  /** The job's own temporary folder, which its steps share and GitHub empties after it; "": there is none. */
  readonly temporaryFolder: string;
  readonly runId: string;
  readonly runAttempt: number;
};

/**
 * The writes of all steps of a job, a line each in its temporary folder. What this process writes is remembered in any
 * case; a folder that is full, or that cannot be written to, makes its steps strangers to one another and no more.
 */
export function openWriteLog({ temporaryFolder, runId, runAttempt }: JobFolder): PacedWrites {
  const own: PacedWrite[] = [];
  const file = join(temporaryFolder, `patchpilot-writes-${runId}-${runAttempt}`);
  const earlier = temporaryFolder === "" ? [] : readWrites(file);
  return {
    read: () => [...earlier, ...own],
    add: (write) => {
      own.push(write);
      if (temporaryFolder === "" || !existsSync(temporaryFolder)) return;
      try {
        appendFileSync(file, `${write.at} ${write.cost}\n`);
      } catch {
        // Remembered above.
      }
    },
  };
}

function readWrites(file: string): PacedWrite[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line) => {
        const [at, cost] = line.split(" ").map(Number);
        return at !== undefined && cost !== undefined && at > 0 && cost > 0 ? [{ at, cost }] : [];
      });
  } catch {
    return [];
  }
}
