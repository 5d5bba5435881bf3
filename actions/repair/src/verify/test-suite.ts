import type { Selection, TestCase, TestRun } from "@patchpilot/test-report";
import { MINUTE } from "@patchpilot/time";
import { ProofStopped } from "../proof/proof-place.ts";
import { commandFor, runTests, type TestRunner } from "./run-tests.ts";

/** Tests of one command, and what they said of the patch. */
export type ToldTests = { readonly tests: TestRunner; readonly run: TestRun };

/** Tests of a project as one: all of its commands, or those that a selection concerns. */
export type TestSuite = {
  readonly onPatch: TestRun;
  readonly runTests: (title: string, selection: Selection | undefined) => Promise<TestRun>;
};

/** Joins what several commands test; one that names no test shows nothing, and is left out where another one does. */
export function openTestSuite(all: readonly ToldTests[]): TestSuite {
  const naming = all.filter(({ run }) => run.cases.length > 0);
  const telling = naming.length > 0 ? naming : all;
  const folders = telling.map(({ tests }) => tests.place.folder);
  const runs = telling.map(({ tests }) => runApart(tests));
  return {
    onPatch: joinRuns(telling.map(({ run }) => run)),
    runTests: async (title, selection) => {
      const shares = shareSelection(selection, folders);
      const ran: (TestRun | undefined)[] = [];
      for (const [at, run] of runs.entries()) {
        const share = shares[at];
        ran.push(share === undefined ? undefined : await run(title, share.selection));
      }
      return joinRuns(ran);
    },
  };
}

/** Milliseconds for one run: a test that hangs on the base must not take the time of the whole step. */
const MOST_RUN = 10 * MINUTE;

/** Runs tests so no run leaves byte code to another: Python takes it for fresh by second and size. */
export function runApart(tests: TestRunner) {
  let count = 0;
  return async (title: string, selection: Selection | undefined): Promise<TestRun> => {
    count += 1;
    const { run, ended } = await runTests(tests, `Proof: ${tests.journal.line(title, 150)}`, {
      command: selection === undefined ? tests.place.command : commandFor(tests, selection),
      most: MOST_RUN,
      env: { PYTHONPYCACHEPREFIX: `${tests.facts.folder}/byte-code-${count}` },
    });
    if (ended.interrupted !== undefined) throw new ProofStopped();
    return run;
  };
}

/** What a command has to run of a selection; undefined: nothing. */
type Share = { readonly selection: Selection | undefined } | undefined;

/** Divides a selection among commands: by their own cases, or by the nearest folder of each file. Pure. */
export function shareSelection(selection: Selection | undefined, folders: readonly string[]): Share[] {
  if (selection === undefined || folders.length <= 1) return folders.map(() => ({ selection }));
  if ("cases" in selection)
    return folders.map((_, at) => {
      const cases = selection.cases.flatMap((each) => ownCase(each, at));
      return cases.length > 0 ? { selection: { cases } } : undefined;
    });
  const nearest = selection.files.map((file) => findNearest(file, folders));
  // What lies in no folder of tests may be of any.
  if (nearest.includes(undefined)) return folders.map(() => ({ selection: undefined }));
  return folders.map((folder) => {
    const files = selection.files.filter((_, index) => nearest[index] === folder);
    return files.length > 0 ? { selection: { files } } : undefined;
  });
}

const findNearest = (file: string, folders: readonly string[]): string | undefined =>
  folders
    .filter((folder) => folder === "" || file.startsWith(`${folder}/`))
    .sort((one, other) => other.length - one.length)[0];

/** Two commands may have tests of the same name. */
const markId = (id: string, at: number): string => `${at} ${id}`;

const ownCase = (each: TestCase, at: number): TestCase[] =>
  each.id.startsWith(markId("", at)) ? [{ ...each, id: each.id.slice(markId("", at).length) }] : [];

/** @param runs of each command in its place; undefined: it did not run */
function joinRuns(runs: readonly (TestRun | undefined)[]): TestRun {
  const ran = runs.flatMap((run) => run ?? []);
  const [first] = ran;
  if (first === undefined) return { source: "exit-code", exitCode: 0, cases: [] };
  if (runs.length === 1) return first;
  return {
    source: first.source,
    exitCode: ran.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? first.exitCode,
    cases: runs.flatMap((run, at) =>
      (run?.cases ?? []).map((each) => ({ ...each, id: markId(each.id, at) })),
    ),
    broken: ran.find(({ broken }) => broken !== undefined)?.broken,
  };
}
