import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../repository.ts";

/** The workflow that the README tells users to copy, byte for byte. */
export const readReadmeWorkflow = (repository = REPOSITORY): string =>
  readMarked(join(repository, "README.md"), "patchpilot.yml");

/** Actions whose README has a workflow that runs the action alone. */
export const LONE_ACTIONS = [
  "intake",
  "perf-scan",
  "impact",
  "repair",
  "propose",
  "verify-recovery",
] as const;
export type LoneAction = (typeof LONE_ACTIONS)[number];

/** File name of the workflow that runs an action alone. */
export const loneWorkflowName = (action: LoneAction): string => `patchpilot-${action}.yml`;

/** The workflow that an action's README tells users to copy who want this action alone, byte for byte. */
export const readLoneWorkflow = (action: LoneAction, repository = REPOSITORY): string =>
  readMarked(join(repository, "actions", action, "README.md"), loneWorkflowName(action));

function readMarked(page: string, name: string): string {
  const [, after = ""] = readFileSync(page, "utf8").split(`<!-- workflow:${name} -->\n`);
  const block = /^```ya?ml\n([\s\S]*?)\n```/.exec(after)?.[1];
  if (block === undefined) throw new Error(`${page} has no block of YAML below <!-- workflow:${name} -->.`);
  return `${block}\n`;
}
