import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Repair } from "./repair.ts";

/**
 * Lays the scripted agent's edits out.
 * @returns the command line that runs it, for bash
 */
export async function installAgent(folder: string, repairs: readonly Repair[]): Promise<string> {
  const script = fileURLToPath(new URL("scripted-agent.ts", import.meta.url));
  const edits = join(folder, "scripted-agent.json");
  await writeFile(edits, JSON.stringify(repairs));
  return [process.execPath, script, edits].map(quote).join(" ");
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
