import { compareRuns, type Selection, type TestRun } from "@patchpilot/test-report";
import { type ReportedRun, runTests, type TestPlace } from "../step/run-tests.ts";
import { noteCheck, type ProjectCheck } from "../step/run-check.ts";
import type { Journal } from "../step/journal.ts";

/** A checkout that holds the patch, and can be put to the base and back. */
export type TestedPlace = TestPlace & {
  readonly journal: Journal;
  readonly showBase: () => Promise<void>;
  readonly showPatch: () => Promise<void>;
};

/** How the tests of one command ended on the patch. */
export type TestedPatch = { readonly isGreen: boolean; readonly run: TestRun };

/**
 * Runs a test command on the patch. Where it is red, the same runs on the base: what was red before does not count,
 * and what is red alone once more does not either, but both are named.
 */
export async function testPatch(check: ProjectCheck, place: TestedPlace): Promise<TestedPatch> {
  const { journal } = place;
  const first = await runNamed("Test", check, place);
  noteCheck(check, first.ended, journal);
  const { run } = first;
  if (first.ended.code === 0) return { isGreen: true, run };
  if (first.ended.interrupted !== undefined) return { isGreen: false, run };
  await place.showBase();
  const base = await runNamed("Test the base", check, place);
  await place.showPatch();
  if (base.ended.interrupted !== undefined) return { isGreen: false, run };
  const { newlyRed, stillRed, worse, isWorse, isUnexplained } = compareRuns(base.run, run);
  if (stillRed.length > 0) journal.note(`Red before and after alike: ${listNames(stillRed)}.`);
  // Red on both, and nobody says by which tests: what the patch made red is not known.
  if (isUnexplained) return { isGreen: false, run };
  if (!isWorse) {
    journal.clearFailure();
    return { isGreen: true, run };
  }
  if (worse !== undefined || newlyRed.length === 0) return { isGreen: false, run };
  const again = await runNamed("Test again what is red", check, place, { cases: newlyRed });
  const green = new Set(
    again.run.cases.filter(({ outcome }) => outcome === "passed").map(({ id }) => id),
  );
  const isGreen = newlyRed.every(({ id }) => green.has(id));
  if (isGreen) journal.clearFailure();
  if (isGreen) journal.note(`Flaky, red once and green once: ${listNames(newlyRed)}.`);
  return { isGreen, run };
}

const listNames = (cases: readonly { readonly name: string }[]): string =>
  cases.slice(0, 5).map(({ name }) => name).join(", ") + (cases.length > 5 ? ` and ${cases.length - 5} more` : "");

const runNamed = (
  title: string,
  { command }: ProjectCheck,
  place: TestedPlace,
  selection?: Selection,
): Promise<ReportedRun> =>
  runTests(`${title}: ${place.journal.line(command, 150)}`, command, place, selection);
