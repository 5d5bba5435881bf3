import { readFile } from "node:fs/promises";
import type { ChosenSandbox } from "./choose-sandbox.ts";

/**
 * The repair workflow that users copy, word for word; it calls PatchPilot's own. Where no wall can be built it names the
 * sandbox, as its owner would.
 */
export async function repairWorkflow(sandbox: ChosenSandbox["sandbox"]): Promise<string> {
  const template = new URL("../../../../../actions/repair/templates/patchpilot-repair.yml", import.meta.url);
  const text = await readFile(template, "utf8");
  return sandbox === "auto" ? text : text.replace(/^( +)agent: .*$/m, `$&\n$1sandbox: ${sandbox}`);
}
