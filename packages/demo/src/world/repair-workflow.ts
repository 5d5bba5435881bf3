import { readFile } from "node:fs/promises";

/** The repair workflow that users copy, word for word. It calls PatchPilot's own. */
export function repairWorkflow(): Promise<string> {
  return readFile(
    new URL("../../../../actions/repair/templates/patchpilot-repair.yml", import.meta.url),
    "utf8",
  );
}
