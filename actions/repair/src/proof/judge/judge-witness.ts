import type { ReportedException } from "@patchpilot/incident";
import type { TestCase, TestFailure, TestRun } from "@patchpilot/test-report";
import type { Hunk } from "../change/change.ts";
import { findFunction } from "./find-function.ts";
import { type FailedOn, isMadeByTest, isOfTests, matchesProduction } from "./match-production.ts";

/** How a test is red on the base: as production was, as it expects otherwise, or for a reason that shows nothing. */
export type Redness = "production" | "assertion" | "changed-code" | "nothing";

/** A test that is red on the base, twice, and green on the patch, twice. */
export type Witness = {
  readonly id: string;
  readonly name: string;
  readonly file: string | undefined;
  readonly red: Redness;
  readonly failure: TestFailure;
  /** It does not run what changes: it stays green where that throws, or repeats a value. Then it shows nothing. */
  readonly isIdle?: true;
};

/** What the tests of the patch show, beside each other on the base and on the patch. */
export type Witnesses = {
  readonly witnesses: readonly Witness[];
  /** Names of tests that did not end alike twice on one side. */
  readonly flaky: readonly string[];
};

/** Two runs of the same tests on the same files. */
export type TwoRuns = readonly [TestRun, TestRun];

/** Finds the tests that are red on the base and green on the patch. Pure. */
export function findWitnesses(
  onBase: TwoRuns,
  onPatch: TwoRuns,
  judge: (failure: TestFailure) => Redness,
): Witnesses {
  const [base, again] = onBase.map(casesById);
  const [patch, patchAgain] = onPatch.map(casesById);
  const witnesses: Witness[] = [];
  const flaky: string[] = [];
  for (const [id, test] of patch ?? []) {
    const red = base?.get(id);
    const sides = [
      [red, again?.get(id)],
      [test, patchAgain?.get(id)],
    ] as const;
    if (sides.some(([one, other]) => one?.outcome !== other?.outcome)) flaky.push(test.name);
    else if (test.outcome === "passed" && red?.outcome === "failed") {
      const { failure = UNKNOWN } = red;
      witnesses.push({ id, name: test.name, file: test.file ?? red.file, red: judge(failure), failure });
    }
  }
  return { witnesses, flaky };
}

/** Finds those that stayed green on a change that throws. Pure. */
export function markIdle(witnesses: readonly Witness[], onSpoiled: TestRun): Witness[] {
  const cases = casesById(onSpoiled);
  return witnesses.map((witness) =>
    cases.get(witness.id)?.outcome === "passed" ? { ...witness, red: "nothing", isIdle: true } : witness,
  );
}

const UNKNOWN: TestFailure = { kind: "unknown", types: [], message: "", frames: [], text: "" };

const casesById = ({ cases }: TestRun): ReadonlyMap<string, TestCase> =>
  new Map(cases.map((test) => [test.id, test]));

/** Lines around a hunk that count as its code where no function is known. */
const AROUND = 10;

/** A failure whose frames name the checkout's files by their paths there. */
const placeFrames = (failure: TestFailure, on: FailedOn): TestFailure => ({
  ...failure,
  frames: failure.frames.map((frame) =>
    frame.file === undefined ? frame : { ...frame, file: on.find(frame.file) ?? frame.file },
  ),
});

/** What a failure on the base shows. Pure. */
export function judgeFailure(
  reported: TestFailure,
  production: readonly ReportedException[],
  hunks: readonly Hunk[],
  on: FailedOn,
): Redness {
  const failure = placeFrames(reported, on);
  if (failure.kind !== "assertion" && failure.kind !== "exception") return "nothing";
  if (matchesProduction(failure, production, on)) return "production";
  if (failure.kind === "assertion") return isOfSnapshot(failure) ? "nothing" : "assertion";
  if (isMadeByTest(failure, production, on)) return "nothing";
  return isOutOfHunks(failure, hunks, on) ? "changed-code" : "nothing";
}

/** How jest, vitest, insta, syrupy and PHPUnit's snapshots say that one differs. */
const SNAPSHOT =
  /toMatch\w*Snapshot|toThrowErrorMatching\w*Snapshot|^(?:Error: )?snapshot .{0,300} mismatched|snapshot assertion for|[[=][-+=] snapshot\b|snapshots can be updated/i;

/** A snapshot is what the code printed when it was taken, whatever it should print. */
const isOfSnapshot = ({ message }: TestFailure): boolean => SNAPSHOT.test(message);

/** Whether an exception came by way of code that the patch changes. */
const isOutOfHunks = ({ frames }: TestFailure, hunks: readonly Hunk[], on: FailedOn): boolean =>
  frames.some((frame) => {
    const { file, line } = frame;
    const text = file === undefined || isOfTests(frame, on) ? undefined : on.read(file);
    if (text === undefined || line === undefined) return false;
    const name = findFunction(text, line);
    return hunks.some(({ path, baseLines: [first, last] }) => {
      if (path !== file) return false;
      const ends = [first, last].flatMap((at) => findFunction(text, at) ?? []);
      return name === undefined || ends.length === 0
        ? line >= first - AROUND && line <= last + AROUND
        : ends.includes(name);
    });
  });
