import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LONE_ACTIONS, loneWorkflowName, readLoneWorkflow, readReadmeWorkflow } from "../readme-workflow.ts";

const FILES = [".github/workflows/*.yml", "actions/*/templates/*.yml", "docs/examples/**/*.yml"];

/** Where the workflows of pages are written, below the page's own path. */
const EXTRACTED = ".scratch/workflows";

/**
 * Every workflow that we run or that users copy. Those of pages are written to files first.
 * @returns paths below the repository, in the order of their names
 */
export function listWorkflows(repository: string): readonly string[] {
  const extracted = Object.entries(readPageWorkflows(repository)).map(([name, text]) => {
    const file = `${EXTRACTED}/${name}`;
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), text);
    return file;
  });
  return [...globSync(FILES, { cwd: repository }), ...extracted].toSorted();
}

/** A workflow as people find it: `actions/intake/README.md/patchpilot-intake.yml`. */
export const nameWorkflow = (file: string): string => file.replace(`${EXTRACTED}/`, "");

/** The workflows that pages show, by the page's path and the name that users give them. */
export function readPageWorkflows(repository: string): Readonly<Record<string, string>> {
  const alone = LONE_ACTIONS.map((action) => [
    `actions/${action}/README.md/${loneWorkflowName(action)}`,
    readLoneWorkflow(action, repository),
  ]);
  return { "README.md/patchpilot.yml": readReadmeWorkflow(repository), ...Object.fromEntries(alone) };
}
