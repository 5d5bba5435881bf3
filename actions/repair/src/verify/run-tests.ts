import { spellOutProject } from "@patchpilot/project";
import {
  instrument,
  readTestRun,
  type Selection,
  selectTests,
  type TestFacts,
  type TestRun,
} from "@patchpilot/test-report";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { Journal } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { noteCheck, type ProjectCheck, type TestPlace } from "../step/run-check.ts";
import { clearReports, readReports } from "./read-reports.ts";

/** Runs one test command of the project so each test is known by its name, where its runner says them. */
export type TestRunner = TestSurroundings & {
  readonly check: ProjectCheck;
  readonly place: TestPlace;
  readonly facts: TestFacts;
};

/** What tests run with. */
export type TestSurroundings = {
  /** A folder outside of the checkout that tests may write to. */
  readonly temporary: string;
  readonly workspace: string;
  readonly commands: CommandRunner;
  readonly journal: Journal;
};

/** One run of tests, and how its command ended. */
export type RanTests = { readonly run: TestRun; readonly ended: Ended };

/** @returns undefined where a check is none of the project's tests */
export async function openTestRunner(
  check: ProjectCheck,
  { files }: Pick<ProjectChecks, "files">,
  around: TestSurroundings,
): Promise<TestRunner | undefined> {
  const { place } = check;
  if (place === undefined) return undefined;
  const { folder } = place;
  const facts = {
    spelledOut: await spellOutProject([place], files),
    manifest: await files.read(folder === "" ? "package.json" : `${folder}/package.json`),
    folder: around.temporary,
  };
  return { ...around, check, place, facts };
}

/**
 * Runs the tests, or some of them.
 * @param options `most`: milliseconds after which it is given up; `env`: beside the check's; `command`: as it is written
 * in the folder of the tests
 */
export async function runTests(
  { check, place, facts, workspace, commands }: TestRunner,
  title: string,
  options: {
    readonly most?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: string;
  } = {},
): Promise<RanTests> {
  const { folder } = place;
  const made = instrument(options.command ?? place.command, facts);
  const reportsIn = folder === "" ? workspace : `${workspace}/${folder}`;
  await clearReports(made, reportsIn);
  const command = makeBashCommand(place.bring(made.command), { ...check.env, ...options.env });
  const ended = await commands.run(title, command, "tests", options.most);
  const reports = await readReports(made, reportsIn);
  const { code: exitCode, stdout, stderr, interrupted } = ended;
  const ran = { exitCode, stdout, stderr, timedOut: interrupted === "time", reports };
  return { run: readTestRun(made.format, ran, workspace, folder), ended };
}

/** Runs all tests and notes it among the checks. */
export async function runTestCheck(runner: TestRunner): Promise<RanTests> {
  const { check, journal } = runner;
  const ran = await runTests(runner, `Test: ${journal.line(check.command, 150)}`);
  noteCheck(check, ran.ended, journal);
  return ran;
}

/** The command that runs a selection alone, else the whole one; as it is written in the folder of the tests. */
export const commandFor = ({ place, facts }: TestRunner, selection: Selection): string =>
  selectTests(place.command, facts, fromFolder(selection, place)) ?? place.command;

/** A selection as the runner names files. */
function fromFolder(selection: Selection, { folder }: TestPlace): Selection {
  if (folder === "") return selection;
  const cut = (file: string) => (file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file);
  return "files" in selection
    ? { files: selection.files.map(cut) }
    : { cases: selection.cases.map((each) => (each.file ? { ...each, file: cut(each.file) } : each)) };
}
