import { readFile } from "node:fs/promises";

/** The repair workflow for Claude Code, word for word. */
export function repairWorkflow(): Promise<string> {
  return readFile(new URL("../../../../actions/claim/templates/claude-code.yml", import.meta.url), "utf8");
}
