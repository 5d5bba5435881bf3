import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./contract.ts";

type Job = Pick<Environment, "temporaryFolder" | "runId" | "runAttempt">;

/**
 * Whether no step of this job has said a text yet: five actions that meet the same wrong setting make one annotation.
 * Each text leaves an empty file in the job's temporary folder. Without such a folder, every time is the first.
 */
export function firstTimeInJob(text: string, { temporaryFolder, runId, runAttempt }: Job): boolean {
  if (temporaryFolder === "" || !existsSync(temporaryFolder)) return true;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  try {
    writeFileSync(join(temporaryFolder, `patchpilot-said-${runId}-${runAttempt}-${hash}`), "", {
      flag: "wx",
    });
    return true;
  } catch (error) {
    // A folder that is full or may not be written to must silence nothing.
    return (error as NodeJS.ErrnoException).code !== "EEXIST";
  }
}
