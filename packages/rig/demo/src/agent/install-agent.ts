import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ScriptedRepair } from "./repair.ts";

/** The agent as the repair workflow gets it. */
export type InstalledAgent = {
  /** The command line that runs it, for bash. */
  readonly command: string;
  /** Everything of it; in PATH, it is seen behind the wall as well. */
  readonly folder: string;
};

const SOURCES = [new URL("scripted-agent.ts", import.meta.url), new URL("choose-repair.ts", import.meta.url)];

/** Lays the scripted agent and its edits out in a folder of their own. */
export async function installAgent(
  place: string,
  repairs: readonly ScriptedRepair[],
): Promise<InstalledAgent> {
  const folder = join(place, "agent");
  await mkdir(folder);
  for (const source of SOURCES) await copyFile(source, join(folder, basename(source.pathname)));
  const edits = join(folder, "repairs.json");
  await writeFile(edits, JSON.stringify(repairs));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const words = [process.execPath, join(folder, "scripted-agent.ts"), edits];
  return { command: words.map(quote).join(" "), folder };
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
