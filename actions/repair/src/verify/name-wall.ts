import { mkdir, writeFile } from "node:fs/promises";
import { SANDBOX_TITLES } from "@patchpilot/incident";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { findPointer } from "../sandbox/wall/own-git.ts";
import { listFolders } from "../step/command-runner.ts";
import type { RepairEnding } from "../step/journal.ts";
import { openScratch } from "../step/scratch.ts";
import { endAs, type RepairStep } from "../step/step.ts";

/**
 * `step: wall`: names the sandbox that the inputs come to, before anything of the repository runs. Later jobs learn from
 * it how far they may believe what `verify` showed: code without a wall around it could say that there is one.
 */
export async function nameWall({ inputs, ports, journal }: RepairStep): Promise<RepairEnding> {
  const scratch = await openScratch(ports.temporaryFolder);
  try {
    const folders = listFolders("tests", scratch, ports.workspace, []);
    // What runs behind the wall is shown a git folder; there need not be a checkout yet that has one.
    await mkdir(folders.objects, { recursive: true });
    await writeFile(findPointer(folders.git), "");
    const { sandbox, missing } = await openSandbox(inputs, ports, folders);
    journal.learn({ sandbox: sandbox.name, noWall: missing });
    return endAs("no-change", `The tests will run in: ${SANDBOX_TITLES.get(sandbox.name) ?? sandbox.name}.`);
  } finally {
    await scratch.close(ports.cancelled.aborted);
  }
}
