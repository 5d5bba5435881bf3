import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";

/** The workflow that the README tells users to copy, byte for byte. */
export function readReadmeWorkflow(repository = REPOSITORY): string {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const block = /<!-- workflow:patchpilot\.yml -->\n```ya?ml\n([\s\S]*?)\n```/.exec(readme)?.[1];
  if (block === undefined)
    throw new Error("README.md has no block of YAML below <!-- workflow:patchpilot.yml -->.");
  return `${block}\n`;
}
