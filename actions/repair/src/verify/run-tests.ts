import {
  instrument,
  readTestRun,
  type Selection,
  selectTests,
  type TestFacts,
  type TestRun,
} from "@patchpilot/test-report";
import type { Vault } from "../patch/vault.ts";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { Journal } from "../step/journal.ts";
import { type ProjectChecks, readManifest, spellOutProjectCommands } from "../step/read-project-checks.ts";
import { noteCheck, type ProjectCheck } from "../step/run-check.ts";
import { clearReports, readReports } from "./read-reports.ts";

/** Runs the project's tests so that each is known by its name, where its runner says them. */
export type TestRunner = {
  readonly check: ProjectCheck;
  readonly facts: TestFacts;
  readonly workspace: string;
  readonly commands: CommandRunner;
  readonly journal: Journal;
};

/** One run of tests, and how its command ended. */
export type RanTests = { readonly run: TestRun; readonly ended: Ended };

/** @returns undefined where there is no test command */
export async function openTestRunner(
  project: ProjectChecks,
  vault: Vault,
  place: { readonly commands: CommandRunner; readonly journal: Journal; readonly temporary: string },
): Promise<TestRunner | undefined> {
  const check = project.checks.find(({ name }) => name === "test");
  if (check === undefined) return undefined;
  const { commands, journal, temporary: folder } = place;
  const spelledOut = await spellOutProjectCommands({ setup: undefined, checks: [check] }, vault);
  const facts = { spelledOut, manifest: await readManifest(vault), folder };
  return { check, facts, workspace: vault.workTree, commands, journal };
}

/**
 * Runs the tests, or some of them.
 * @param options `most`: milliseconds after which it is given up; `env`: beside the check's
 */
export async function runTests(
  { check, facts, workspace, commands }: TestRunner,
  title: string,
  options: {
    readonly most?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: string;
  } = {},
): Promise<RanTests> {
  const made = instrument(options.command ?? check.command, facts);
  await clearReports(made, workspace);
  const command = makeBashCommand(made.command, { ...check.env, ...options.env });
  const ended = await commands.run(title, command, "tests", options.most);
  const reports = await readReports(made, workspace);
  const { code: exitCode, stdout, stderr, interrupted } = ended;
  const ran = { exitCode, stdout, stderr, timedOut: interrupted === "time", reports };
  return { run: readTestRun(made.format, ran, workspace), ended };
}

/** Runs all tests and notes it among the checks. */
export async function runTestCheck(runner: TestRunner): Promise<RanTests> {
  const { check, journal } = runner;
  const ran = await runTests(runner, `Test: ${journal.line(check.command, 150)}`);
  noteCheck(check, ran.ended, journal);
  return ran;
}

/** The command that runs a selection alone, else the whole one. */
export const commandFor = ({ check, facts }: TestRunner, selection: Selection): string =>
  selectTests(check.command, facts, selection) ?? check.command;
