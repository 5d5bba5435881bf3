import type { RepairBaseline } from "@patchpilot/incident";
import { type Comparison, compareRuns, type TestCase, type TestRun } from "@patchpilot/test-report";
import { commandFor, type RanTests, runTestCheck, runTests, type TestRunner } from "./run-tests.ts";

/** How the tests of a patch compare with those of its base. */
export type ComparedTests = {
  /** Nothing got worse: the tests are green, or red as they were. */
  readonly passed: boolean;
  /** Whether tests ran that say something of the patch. */
  readonly isTested: boolean;
  /** Undefined where it is simply green. */
  readonly sentence: string | undefined;
  readonly baseline: RepairBaseline;
};

/** The same of one command, with its run on the patch. */
export type JudgedTests = ComparedTests & { readonly run: TestRun };

/** What the tests of a command said on the base. */
export type BaseRun = { readonly run: TestRun; readonly output: string };

/** Runs the tests of a command on the base; undefined: they did not come to an end. */
export type TestBase = (runner: TestRunner) => Promise<BaseRun | undefined>;

/** @param most milliseconds for all commands: what they take is missing to the tests of the patch */
export function openBaseline(most: number): TestBase {
  let left = most;
  return async (runner) => {
    if (left <= 0) return undefined;
    // Python takes byte code for fresh by second and size: what it compiles of the base lies elsewhere.
    const env = { PYTHONPYCACHEPREFIX: `${runner.facts.folder}/byte-code-of-the-base` };
    const { run, ended } = await runTests(runner, "Test the base commit", { most: left, env });
    left -= ended.milliseconds;
    return ended.interrupted === undefined ? { run, output: ended.output } : undefined;
  };
}

/** Without a baseline nothing is known to have been red before. */
const GREEN: TestRun = { source: "exit-code", exitCode: 0, cases: [] };

/** Runs the tests on the patch; what is red on it alone runs once more, and is flaky where it is green then. */
export async function testPatch(runner: TestRunner, before: BaseRun | undefined): Promise<JudgedTests> {
  const first = await runTestCheck(runner);
  const base = before?.run ?? GREEN;
  const compared = compareRuns(base, first.run);
  const interrupted = first.ended.interrupted !== undefined;
  const isSuspect = compared.isWorse || compared.isUnexplained;
  if (interrupted || first.run.exitCode === 0 || !isSuspect)
    return judgeBesideBase(base, first.run, compared, NOT_FLAKY);
  const again = await runAgain(runner, compared);
  const { confirmed, flaky } = confirmRed(base, compared, again.run);
  const isGreen = again.run.exitCode === 0;
  if (isGreen) runner.journal.clearFailure();
  // A run of some tests alone does not speak for the others.
  const whole = isGreen && compared.newlyRed.length === 0 ? again.run : first.run;
  const judged = judgeBesideBase(base, whole, confirmed, {
    tests: flaky,
    isCommand: isGreen && flaky.length === 0,
  });
  const isAlike = before !== undefined && saysTheSame(before.output, first.ended.output);
  return judged.passed && confirmed.isUnexplained && isAlike ? { ...judged, ...NOTHING_SHOWN } : judged;
}

/** Red as before, by the same words, and no test is named: the change did nothing that anybody could see. */
const NOTHING_SHOWN = {
  passed: false,
  isTested: false,
  sentence:
    "It is red on the base already, says the same on the patch, and does not say which tests are red: nothing shows what the patch does.",
};

/** Whether two outputs are of the same failure. */
export const saysTheSame = (one: string, other: string): boolean => stripNumbers(one) === stripNumbers(other);

/** An output without what differs from run to run of the same failure: times, ids and addresses. */
export const stripNumbers = (output: string): string => output.replace(/0x[0-9a-f]+|\d+([.:]\d+)*/gi, "0");

async function runAgain(runner: TestRunner, { newlyRed, worse }: Comparison): Promise<RanTests> {
  const command = worse === undefined ? commandFor(runner, { cases: newlyRed }) : runner.place.command;
  return runTests(runner, "Test once more what is red on the patch alone", { command });
}

/** What is left of a comparison after a second look. */
function confirmRed(
  base: TestRun,
  first: Comparison,
  again: TestRun,
): { readonly confirmed: Comparison; readonly flaky: readonly TestCase[] } {
  if (again.exitCode === 0)
    return {
      confirmed: { ...first, newlyRed: [], worse: undefined, isWorse: false, isUnexplained: false },
      flaky: first.newlyRed,
    };
  const second = compareRuns(base, again);
  const stillThere = new Set(again.cases.flatMap(({ id, outcome }) => (outcome === "failed" ? [id] : [])));
  // Where the second run names no test, nothing speaks for those of the first.
  const isNamed = again.cases.some(({ outcome }) => outcome === "failed");
  const newlyRed = isNamed ? first.newlyRed.filter(({ id }) => stillThere.has(id)) : first.newlyRed;
  const flaky = first.newlyRed.filter((each) => !newlyRed.includes(each));
  const worse = first.worse === undefined ? undefined : second.worse;
  const isWorse = newlyRed.length > 0 || worse !== undefined;
  return { confirmed: { ...first, newlyRed, worse, isWorse }, flaky };
}

/** What was red on the patch alone and green when run once more: tests, or the command where it names none. */
type Flaky = { readonly tests: readonly TestCase[]; readonly isCommand: boolean };
const NOT_FLAKY: Flaky = { tests: [], isCommand: false };

/** Names of tests in result.json: of each kind at most these. */
export const MOST_NAMES = 20;

const listNames = (cases: readonly TestCase[]): string[] =>
  cases.slice(0, MOST_NAMES).map(({ id }) => id.slice(0, 200));

/** What a comparison comes to. Pure. */
export function judgeBesideBase(
  before: TestRun,
  after: TestRun,
  compared: Comparison,
  flaky: Flaky,
): JudgedTests {
  const { newlyRed, stillRed, newlyGreen, vanished, worse, isWorse, isUnexplained } = compared;
  const isRed = after.exitCode !== 0;
  const baseline: RepairBaseline = {
    source: after.source,
    unread: after.unread ?? before.unread,
    exitCode: before.exitCode,
    redOnBase: listNames(stillRed),
    redOnBaseCount: after.source === "exit-code" ? null : stillRed.length,
    newlyRed: listNames(newlyRed),
    newlyGreen: listNames(newlyGreen),
    flaky: listNames(flaky.tests),
    flakyCommand: flaky.isCommand,
    vanished: listNames(vanished),
    vanishedCount: vanished.length,
    worse,
  };
  const passed = !isRed || !isWorse;
  const ran = after.cases.some(({ outcome }) => outcome === "passed");
  return {
    passed,
    isTested: !isRed || (passed && !isUnexplained && ran),
    sentence: passed ? describePassed(isRed, baseline) : describeWorse(newlyRed, worse),
    baseline,
    run: after,
  };
}

function describePassed(isRed: boolean, { redOnBaseCount, source }: RepairBaseline): string | undefined {
  if (!isRed || redOnBaseCount === 0) return undefined;
  if (source === "exit-code" || redOnBaseCount === null)
    return "The test command is red on the base already, and does not say which tests: what the patch does to them is not known.";
  return `Red on the base already, for ${countTests(redOnBaseCount)}; the patch makes none red that was not.`;
}

function describeWorse(newlyRed: readonly TestCase[], worse: string | undefined): string {
  if (newlyRed.length === 0) return worse ?? "The tests are red.";
  const [first] = newlyRed;
  const more = newlyRed.length > 1 ? ` and ${newlyRed.length - 1} more` : "";
  return `Red on the patch and not on the base: ${first?.id.slice(0, 150)}${more}.`;
}

const countTests = (count: number): string => (count === 1 ? "1 test" : `${count} tests`);

/** The same with names and texts that are fit to be shown. */
export function cleanBaseline(
  baseline: RepairBaseline,
  clean: (text: string, most: number) => string,
): RepairBaseline {
  const names = (list: readonly string[]): string[] => list.map((name) => clean(name, 200));
  return {
    ...baseline,
    unread: baseline.unread && clean(baseline.unread, 300),
    worse: baseline.worse && clean(baseline.worse, 300),
    redOnBase: names(baseline.redOnBase),
    newlyRed: names(baseline.newlyRed),
    newlyGreen: names(baseline.newlyGreen),
    flaky: names(baseline.flaky),
    vanished: names(baseline.vanished),
  };
}
