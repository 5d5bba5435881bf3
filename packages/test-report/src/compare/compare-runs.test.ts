import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TestCase, TestRun } from "../test-run.ts";
import { compareRuns } from "./compare-runs.ts";

const failure = { kind: "assertion", types: [], message: "", frames: [], text: "" } as const;
const makeCase = (id: string, outcome: TestCase["outcome"]): TestCase => ({
  id,
  name: id,
  outcome,
  ...(outcome === "failed" ? { failure } : {}),
});

/** A run by the outcome of each test. */
const makeRun = (
  outcomes: Readonly<Record<string, TestCase["outcome"]>>,
  more: Partial<TestRun> = {},
): TestRun => {
  const cases = Object.entries(outcomes).map(([id, outcome]) => makeCase(id, outcome));
  const exitCode = cases.some(({ outcome }) => outcome === "failed") ? 1 : 0;
  return { source: "junit", exitCode, cases, ...more };
};
const byExit = (exitCode: number): TestRun => ({ source: "exit-code", exitCode, cases: [] });

const ids = (cases: readonly TestCase[]): string[] => cases.map(({ id }) => id);

const outcomes = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d", "e", "f"),
  fc.constantFrom("passed" as const, "failed" as const, "skipped" as const),
);
const runs = fc.oneof(
  outcomes.map((each) => makeRun(each)),
  fc.constantFrom(0, 1).map(byExit),
  fc.constant<TestRun>({ ...byExit(1), broken: { kind: "compile", text: "" } }),
);

describe("laws:", () => {
  test("no run is worse than itself", () => {
    fc.assert(fc.property(runs, (run) => !compareRuns(run, run).isWorse));
  });

  test("a green run is no worse than any", () => {
    fc.assert(
      fc.property(runs, runs, (before, after) => after.exitCode !== 0 || !compareRuns(before, after).isWorse),
    );
  });

  test("a red run after a green one is worse", () => {
    fc.assert(
      fc.property(
        runs,
        runs,
        (before, after) =>
          before.exitCode !== 0 || after.exitCode === 0 || compareRuns(before, after).isWorse,
      ),
    );
  });

  test("each red test is red anew or still red, and never both", () => {
    fc.assert(
      fc.property(runs, runs, (before, after) => {
        const { newlyRed, stillRed } = compareRuns(before, after);
        const red = after.cases.filter(({ outcome }) => outcome === "failed");
        expect(ids([...newlyRed, ...stillRed]).sort()).toEqual(ids(red).sort());
      }),
    );
  });

  test("the order of tests says nothing", () => {
    fc.assert(
      fc.property(outcomes, outcomes, (before, after) => {
        const turned = Object.fromEntries(Object.entries(after).reverse());
        const [one, other] = [after, turned].map((each) => compareRuns(makeRun(before), makeRun(each)));
        expect([one?.isWorse, ids(one?.newlyRed ?? []).sort()]).toEqual([
          other?.isWorse,
          ids(other?.newlyRed ?? []).sort(),
        ]);
      }),
    );
  });

  test("one more red test that was green makes any run worse", () => {
    fc.assert(
      fc.property(outcomes, outcomes, (before, after) => {
        const compared = compareRuns(makeRun({ ...before, z: "passed" }), makeRun({ ...after, z: "failed" }));
        expect(ids(compared.newlyRed)).toContain("z");
        expect(compared.isWorse).toBe(true);
      }),
    );
  });
});

test("a test that is red on both does not block", () => {
  const compared = compareRuns(makeRun({ a: "failed", b: "passed" }), makeRun({ a: "failed", b: "passed" }));
  expect([compared.isWorse, ids(compared.stillRed)]).toEqual([false, ["a"]]);
});

test("a new test that is red blocks", () => {
  const compared = compareRuns(makeRun({ a: "failed" }), makeRun({ a: "failed", b: "failed" }));
  expect([compared.isWorse, ids(compared.newlyRed)]).toEqual([true, ["b"]]);
});

test("a test that passed and is skipped now has vanished", () => {
  const compared = compareRuns(makeRun({ a: "passed", b: "passed" }), makeRun({ a: "skipped", b: "passed" }));
  expect([compared.isWorse, ids(compared.vanished)]).toEqual([false, ["a"]]);
});

test("a run that ended before all tests were run is worse, though what is red was red", () => {
  const compared = compareRuns(makeRun({ a: "failed", b: "passed" }), makeRun({ a: "failed" }));
  expect([compared.isWorse, compared.worse]).toEqual([true, "1 test that passed before was not run."]);
});

test("a test under a new name has not been lost", () => {
  const compared = compareRuns(makeRun({ a: "failed", b: "passed" }), makeRun({ a: "failed", c: "passed" }));
  expect([compared.isWorse, ids(compared.vanished)]).toEqual([false, ["b"]]);
});

test("tests that do not compile any more are worse, though one was red before", () => {
  const broken: TestRun = { source: "junit", exitCode: 1, cases: [], broken: { kind: "compile", text: "" } };
  const compared = compareRuns(makeRun({ a: "failed", b: "passed" }), broken);
  expect([compared.isWorse, compared.worse]).toEqual([
    true,
    "The tests no longer run (they do not compile).",
  ]);
});

test("by exit codes alone, red on both is no worse, and says so", () => {
  const compared = compareRuns(byExit(1), byExit(2));
  expect([compared.isWorse, compared.isUnexplained]).toEqual([false, true]);
});

test("where only failures are named, a test that is not named has passed", () => {
  const after = makeRun({}, { exitCode: 0, onlyFailures: true });
  const compared = compareRuns(makeRun({ a: "failed" }, { onlyFailures: true }), after);
  expect([ids(compared.newlyGreen), compared.vanished]).toEqual([["a"], []]);
});
