import { readFile } from "node:fs/promises";

const README_BLOCK = /<!-- workflow:patchpilot\.yml -->\n```yaml\n([\s\S]*?)\n```/;

/** The workflow that the README tells people to copy, word for word. */
export async function readmeWorkflow(): Promise<string> {
  const readme = await readFile(new URL("../../../../README.md", import.meta.url), "utf8");
  const text = README_BLOCK.exec(readme)?.[1];
  if (text === undefined) throw new Error("README.md has no block `<!-- workflow:patchpilot.yml -->`.");
  return `${text}\n`;
}

/** The repair workflow for Claude Code, word for word. */
export function repairWorkflow(): Promise<string> {
  return readFile(new URL("../../../../actions/claim/templates/claude-code.yml", import.meta.url), "utf8");
}
