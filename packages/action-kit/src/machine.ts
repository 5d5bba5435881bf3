import { existsSync, truncateSync } from "node:fs";

/** What the runner tells actions: tokens, addresses, inputs, files. None of it is for a process that an action starts. */
const OF_THE_RUNNER = /^(GITHUB|RUNNER|ACTIONS|INPUT|STATE|PATCHPILOT)_|^CI$/i;

/** Files that the runner obeys when a step ends. */
const COMMAND_FILES = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of the machine and of the job's `env:`, without those that the runner tells actions. */
export function machineVariables(variables: Variables = process.env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !OF_THE_RUNNER.test(entry[0]),
    ),
  );
}

/** Whether the job has one of GitHub's own machines, which nobody uses after it. */
export const isThrownAway = (variables: Variables = process.env): boolean =>
  variables["RUNNER_ENVIRONMENT"] === "github-hosted";

/**
 * Empties the files in which a step leaves outputs and variables for later ones. An action that ran somebody else's
 * program calls this before it reports: such a program may have found the files on the disk and written to them.
 */
export function emptyCommandFiles(variables: Variables = process.env): void {
  for (const name of COMMAND_FILES) {
    const path = variables[name];
    if (path && existsSync(path)) truncateSync(path);
  }
}
