import type { TestCase, TestRun } from "../test-run.ts";

/** What became of the tests from one run to the next. */
export type Comparison = {
  /** Failed after, and not before: as they are after. */
  readonly newlyRed: readonly TestCase[];
  /** Failed before and after: as they are after. */
  readonly stillRed: readonly TestCase[];
  /** Failed before, and passed after. */
  readonly newlyGreen: readonly TestCase[];
  /** Ran before, and not after: as they were before. */
  readonly vanished: readonly TestCase[];
  /** What got worse beside single tests: a sentence. */
  readonly worse?: string | undefined;
  /** The run is red after, and no test says why. */
  readonly isUnexplained: boolean;
  /** Whether anything got worse: `newlyRed` or `worse`, of a run that is red after. It alone blocks. */
  readonly isWorse: boolean;
};

/**
 * Compares two runs of the same command, test by test as far as both name tests: what is red before and after is no
 * matter, what got worse is. Pure.
 */
export function compareRuns(before: TestRun, after: TestRun): Comparison {
  const then = new Map(before.cases.map((each) => [each.id, each]));
  const now = new Map(after.cases.map((each) => [each.id, each]));
  const red = after.cases.filter(isRed);
  // A run that is red and names no test may have been red for any of them.
  const wasUnknown = isRedRun(before) && !before.cases.some(isRed);
  const newlyRed = red.filter(({ id }) => !isRed(then.get(id)) && !(wasUnknown && !then.has(id)));
  const stillRed = red.filter((each) => !newlyRed.includes(each));
  const gone = ({ id }: TestCase) => !hasRun(now.get(id)) && !(after.onlyFailures && !now.has(id));
  const vanished = before.cases.filter((each) => hasRun(each) && gone(each));
  const newlyGreen = before.cases.filter(
    (each) =>
      isRed(each) && !isRed(now.get(each.id)) && !vanished.includes(each) && after.broken === undefined,
  );
  const worse = isRedRun(after) ? describeWorse(before, after, { newlyRed, vanished }) : undefined;
  return {
    newlyRed,
    stillRed,
    newlyGreen,
    vanished,
    worse,
    isUnexplained: isRedRun(after) && red.length === 0,
    isWorse: isRedRun(after) && (newlyRed.length > 0 || worse !== undefined),
  };
}

/** The exit code is the runner's word: a test that may fail is red in a run that is green. */
const isRedRun = ({ exitCode, broken }: TestRun): boolean => exitCode !== 0 || broken?.kind === "timeout";

const isRed = (each: TestCase | undefined): boolean => each?.outcome === "failed";

const hasRun = (each: TestCase | undefined): boolean => each !== undefined && each.outcome !== "skipped";

function describeWorse(
  before: TestRun,
  after: TestRun,
  { newlyRed, vanished }: Pick<Comparison, "newlyRed" | "vanished">,
): string | undefined {
  if (newlyRed.length > 0) return undefined;
  const ranBefore = before.broken === undefined && before.cases.some(hasRun);
  if (after.broken !== undefined && (ranBefore || !isRedRun(before)))
    return `The tests no longer run (${BREAKAGES[after.broken.kind]}).`;
  if (!isRedRun(before)) return "The tests were green before, and are red.";
  if (ranBefore && !after.cases.some(hasRun) && !after.onlyFailures)
    return "The tests no longer say which of them are red.";
  return describeLoss(before, after, vanished);
}

/** A run that ended early hides what would have been red. Tests that were renamed are there under another name. */
function describeLoss(before: TestRun, after: TestRun, vanished: readonly TestCase[]): string | undefined {
  const known = new Set(before.cases.map(({ id }) => id));
  const added = after.cases.filter((each) => hasRun(each) && !known.has(each.id)).length;
  const lost = vanished.filter(({ outcome }) => outcome === "passed").length;
  return lost > added
    ? `${lost} ${lost === 1 ? "test that passed before was" : "tests that passed before were"} not run.`
    : undefined;
}

const BREAKAGES = {
  compile: "they do not compile",
  import: "an import fails",
  collect: "they cannot be collected",
  setup: "their set-up fails",
  timeout: "the time ran out",
  "none-ran": "none ran",
};
