import { constants } from "node:fs";
import { open, readdir, realpath, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import {
  type InstrumentedCommand,
  instrument,
  type ReportFile,
  readTestRun,
  type Selection,
  selectTests,
  type TestFacts,
  type TestRun,
} from "@patchpilot/test-report";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "./command-runner.ts";

/** Where tests run, and what is known of them before. */
export type TestPlace = {
  readonly commands: CommandRunner;
  readonly workspace: string;
  readonly facts: TestFacts;
  /** Beside what the sandbox gives to everything. */
  readonly env?: Readonly<Record<string, string>>;
};

/** A run of the tests, with how its command ended. */
export type ReportedRun = { readonly run: TestRun; readonly ended: Ended };

/** Runs a test command so that it says how each test ended, where its runner can. */
export async function runTests(
  title: string,
  command: string,
  place: TestPlace,
  selection?: Selection,
): Promise<ReportedRun> {
  const { commands, facts, env } = place;
  const workspace = await realpath(place.workspace);
  const narrowed = selection === undefined ? undefined : selectTests(command, facts, selection);
  const instrumented = instrument(narrowed ?? command, facts);
  await clearReports(instrumented, workspace);
  const ended = await commands.run(title, makeBashCommand(instrumented.command, env), "tests");
  const reports = await readReports(instrumented, workspace);
  const { code: exitCode, interrupted, stdout, stderr } = ended;
  const ran = { exitCode, timedOut: interrupted === "time", stdout, stderr, reports };
  return { run: readTestRun(instrumented.format, ran, place.workspace), ended };
}

/** A report of an earlier run must not pass for this one's. */
async function clearReports(instrumented: InstrumentedCommand, workspace: string): Promise<void> {
  const files = await listReports(instrumented, workspace);
  await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
}

const MOST_REPORTS = 2_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** Reads the reports that code under test left: plain files alone, and no more than so many bytes. */
async function readReports(instrumented: InstrumentedCommand, workspace: string): Promise<ReportFile[]> {
  const found: ReportFile[] = [];
  let left = MOST_BYTES;
  for (const file of await listReports(instrumented, workspace)) {
    const text = await readPlainFile(file, left).catch(() => undefined);
    if (text === undefined) continue;
    left -= Buffer.byteLength(text);
    found.push({ path: relative(workspace, file), text });
  }
  return found;
}

async function readPlainFile(path: string, most: number): Promise<string | undefined> {
  // A link, of the file or of a folder, could lead to what only this process may read.
  if ((await realpath(dirname(path))) !== dirname(path)) return undefined;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const about = await file.stat();
    return about.isFile() && about.nlink === 1 && about.size <= most ? await file.readFile("utf8") : undefined;
  } finally {
    await file.close();
  }
}

async function listReports({ reportFile, reportPaths }: InstrumentedCommand, workspace: string): Promise<string[]> {
  const own = reportFile === undefined ? [] : [reportFile];
  if (reportPaths === undefined) return own;
  return [...own, ...(await findFiles(workspace, workspace, reportPaths, []))];
}

/** Folders that hold no reports, and a great many files. */
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules", ".venv", "vendor"]);

async function findFiles(folder: string, root: string, wanted: RegExp, found: string[]): Promise<string[]> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (found.length >= MOST_REPORTS) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) await findFiles(path, root, wanted, found);
    else if (entry.isFile() && wanted.test(relative(root, path))) found.push(path);
  }
  return found;
}
