import { lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { REPAIR_RESULT_LIMIT, type RepairResult, repairResult } from "@patchpilot/incident";
import type { Patch } from "../patch/agent-changes.ts";
import { sayDiskIsFull } from "../process/disk-full.ts";
import type { RepairEnding } from "../step/journal.ts";
import type { RepairStep } from "../step/step.ts";
import { composeResult } from "./compose-result.ts";

/** Below the job's temporary folder; nothing else of a run is for later steps. */
export const RESULT_FOLDER = "patchpilot-repair";

/** Where a run leaves its two files. */
export type ResultFiles = { readonly patch: string; readonly result: string };

/**
 * Takes away what an earlier step left, or somebody else, so that it cannot pass for this one's. `verify` makes no
 * patch, and may find the one that it is to read there.
 */
export async function clearResultFiles(
  temporaryFolder: string,
  step: RepairResult["step"],
): Promise<ResultFiles> {
  const folder = join(temporaryFolder, RESULT_FOLDER);
  const files = { patch: join(folder, "change.patch"), result: join(folder, "result.json") };
  const isFolder = (await lstat(folder).catch(() => undefined))?.isDirectory() ?? false;
  const kept = isFolder && step !== "work" ? [basename(files.patch)] : [];
  if (!isFolder) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const others = (await readdir(folder)).filter((name) => !kept.includes(name));
  await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true, force: true })));
  return files;
}

/**
 * Writes result.json, and change.patch if `work` made one, in place of what lies there.
 * @throws DiskFull
 */
export async function writeResultFiles(
  { inputs, ports, journal, begun }: RepairStep,
  ending: RepairEnding,
  patch: Patch | undefined,
): Promise<{ readonly files: ResultFiles; readonly result: RepairResult }> {
  // `step: proof` writes nothing.
  const step = inputs.step === "proof" ? "verify" : inputs.step;
  const files = await clearResultFiles(ports.temporaryFolder, step);
  if (step === "work" && patch !== undefined) await saveFile(files.patch, patch.bytes);
  const result = composeResult(step, ending, journal, patch, ports.clock.now() - begun);
  await saveFile(files.result, resultText(result));
  return { files, result };
}

/**
 * Writes a file as a whole or not at all.
 * @throws DiskFull
 */
export async function saveFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    // Whatever lies there may be a link of somebody's.
    await rm(temporary, { recursive: true, force: true });
    const file = await open(temporary, "wx", 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    sayDiskIsFull(error);
    throw error;
  }
}

/** The text of result.json, checked and short enough: long texts go first, then lists. */
export function resultText(result: RepairResult): string {
  const checked = repairResult.parse(result);
  for (const shorten of SHORTENINGS) {
    const text = `${JSON.stringify(shorten(checked), null, 2)}\n`;
    if (Buffer.byteLength(text) <= REPAIR_RESULT_LIMIT) return text;
  }
  throw new Error("The result does not fit into result.json.");
}

const SHORTENINGS: readonly ((result: RepairResult) => RepairResult)[] = [
  (result) => result,
  (result) => ({
    ...result,
    notes: result.notes.slice(0, 10),
    checks: result.checks.slice(-10),
    calls: result.calls.slice(-10).map((call) => ({ ...call, denied: call.denied.slice(0, 3) })),
    changesTests: result.changesTests.slice(0, 50),
    ...(result.patch && { patch: { ...result.patch, files: result.patch.files.slice(0, 100) } }),
  }),
  ({ patch, failure: _failure, ...result }) => ({
    ...result,
    summary: result.summary.slice(0, 500),
    notes: [],
    checks: [],
    calls: [],
    changesTests: [],
    ...(patch && { patch: { ...patch, files: [] } }),
  }),
];
