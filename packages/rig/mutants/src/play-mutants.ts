import { spawn } from "node:child_process";
import { appendFileSync, existsSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type MutantJournal, type Note, readJournal } from "./journal.ts";
import type { SwitchedCode } from "./make-mutants.ts";

/** The work of the worker, as JSON in a file. */
export interface MutantJob {
  readonly root: string;
  readonly journal: string;
  readonly tests: readonly string[];
  readonly code: Readonly<Record<string, string>>;
  /** The ids of the mutants to try. */
  readonly chosen: readonly string[];
}

const START = fileURLToPath(new URL("./inside/start.ts", import.meta.url));
/** A worker that notes nothing for so long while it tries a mutant hangs in a loop. */
const SILENCE_MS = 240_000;
/** Without a mutant it runs the tests of a file as they are, the slow ones, too. */
const CLEAN_SILENCE_MS = 1_800_000;
const LOOK_MS = 1_000;

/**
 * Tries mutants until all are decided, in a process that is started again whenever a mutant took it down. Continues where
 * the journal ends. Throws if a test fails without any change.
 */
export async function playMutants(
  root: string,
  { code, tests }: SwitchedCode,
  chosen: readonly string[],
  journal: string,
): Promise<MutantJournal> {
  const jobFile = `${journal}.job.json`;
  const job: MutantJob = { root, journal, tests, code, chosen };
  writeFileSync(jobFile, JSON.stringify(job));
  for (;;) {
    const said = await runWorker(jobFile, journal);
    const after = readJournal(journal);
    if (after.broken !== undefined) throw new Error(`A test fails without any change. ${after.broken}`);
    if (after.ended) return after;
    if (after.pending === undefined) throw new Error(`The worker ended before its work did. ${said}`);
    const note: Note = { t: "timeout", ...after.pending, by: "took the worker down" };
    appendFileSync(journal, `\n${JSON.stringify(note)}\n`);
  }
}

/** Runs the worker to its end, or ends it when it went silent; gives the end of what it printed. */
async function runWorker(jobFile: string, journal: string): Promise<string> {
  const worker = spawn(process.execPath, ["--conditions=source", START, jobFile], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const keep = (text: Buffer) => {
    said = `${said}${text}`.slice(-2_000);
  };
  worker.stdout.on("data", keep);
  worker.stderr.on("data", keep);
  const began = Date.now();
  const look = setInterval(() => {
    const noted = existsSync(journal) ? statSync(journal).mtimeMs : began;
    const silence = Date.now() - Math.max(noted, began);
    const isTrying = silence > SILENCE_MS && readJournal(journal).pending !== undefined;
    if (isTrying || silence > CLEAN_SILENCE_MS) worker.kill("SIGKILL");
  }, LOOK_MS);
  await new Promise((resolve) => worker.once("close", resolve));
  clearInterval(look);
  return said;
}
