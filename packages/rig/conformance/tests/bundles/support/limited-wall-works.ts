import { spawnSync } from "node:child_process";
import { launcherFor } from "@patchpilot/action-repair/sandbox/limited/launcher-arguments";

/** Whether the tests of the limited wall can run here: perl puts the runner's conditions on. */
export function limitedWallWorks(): boolean {
  const answer = spawnSync(launcherFor(process.arch) ?? "", { encoding: "utf8" });
  if (Number(answer.stdout) > 0 && perlWorks()) return true;
  console.warn("There is no Landlock or no perl here, so that the tests of the limited wall are skipped.");
  return false;
}

export const perlWorks = (): boolean => spawnSync("perl", ["-e", "1"]).status === 0;
