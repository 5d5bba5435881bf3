import { constants } from "node:fs";
import { lstat, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { InstrumentedCommand, ReportFile } from "@patchpilot/test-report";

/** Most bytes of all reports of a run, and most of them. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_REPORTS = 2_000;
const MOST_FOLDERS = 20_000;
const MOST_DEPTH = 12;

type Places = Pick<InstrumentedCommand, "reportFile" | "reportPaths">;

/** Takes away what an earlier run reported, so that it cannot pass for the next one's. */
export async function clearReports(places: Places, workspace: string): Promise<void> {
  const paths = await listReports(places, workspace);
  await Promise.all(paths.map((path) => rm(path, { recursive: true, force: true })));
}

/**
 * Reads what a run reported. Its files are the work of code that nobody trusts: links, pipes and folders are none, and
 * where there is too much of them there are none at all.
 */
export async function readReports(places: Places, workspace: string): Promise<ReportFile[]> {
  const reports: ReportFile[] = [];
  let left = MOST_BYTES;
  for (const path of await listReports(places, workspace)) {
    const text = await readPlainFile(path, left);
    if (text === undefined) continue;
    left -= Buffer.byteLength(text);
    reports.push({ path, text });
  }
  return left < 0 ? [] : reports;
}

async function listReports({ reportFile, reportPaths }: Places, workspace: string): Promise<string[]> {
  if (reportPaths === undefined) return reportFile === undefined ? [] : [reportFile];
  const found: string[] = [];
  const folders: { path: string; depth: number }[] = [{ path: "", depth: 0 }];
  // `folders` grows as it is read.
  for (const { path, depth } of folders) {
    const entries = await readdir(join(workspace, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile() && reportPaths.test(name)) found.push(join(workspace, name));
      const isBelow = entry.isDirectory() && depth < MOST_DEPTH && !/^(node_modules|\.git)$/.test(entry.name);
      if (isBelow && folders.length < MOST_FOLDERS) folders.push({ path: name, depth: depth + 1 });
    }
  }
  return found.slice(0, MOST_REPORTS);
}

/** @returns undefined where it is no plain file, or larger than `most` bytes */
async function readPlainFile(path: string, most: number): Promise<string | undefined> {
  try {
    if (!(await lstat(path)).isFile()) return undefined;
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      return found.isFile() && found.size <= most ? await file.readFile("utf8") : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
