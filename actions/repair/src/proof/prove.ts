import type { ProofAccount, ReportedException } from "@patchpilot/incident";
import type { Selection, TestCase, TestRun } from "@patchpilot/test-report";
import type { CutFile, Hunk } from "./change/change.ts";
import { testPart } from "./change/compose-file.ts";
import { listHunks } from "./change/list-hunks.ts";
import { canThrow, spoilChange } from "./change/spoil-change.ts";
import { decideLevel } from "./judge/decide-level.ts";
import {
  findWitnesses,
  judgeFailure,
  markIdle,
  type TwoRuns,
  type Witness,
  type Witnesses,
} from "./judge/judge-witness.ts";
import { isSameFile } from "./judge/match-production.ts";
import { type ProofPlace, ProofStopped } from "./proof-place.ts";
import { nameHunk, selectWitnesses, tryHunks } from "./try-hunks.ts";

/** What a change is proven by. */
export type ProofRequest = {
  /** undefined where production says nothing: nothing can be proven then, only reproduced. */
  readonly production: readonly ReportedException[];
  /** The whole tests on the patch, which are no worse than on the base. */
  readonly onPatch: TestRun;
  /** Changed files that have a say in how it is tested. */
  readonly changesTests: readonly string[];
};

/** What a green patch is worth where its tests cannot tell it, whatever it changes; undefined: they may. Pure. */
function judgeUntelling({ onPatch, changesTests }: ProofRequest): ProofAccount | undefined {
  if (changesTests.length === 0 && onPatch.cases.length > 0) return undefined;
  const seen = nothingSeen("The test command does not say which test passed and which did not.");
  const patch = onPatch.broken?.kind === "none-ran" ? "none-ran" : "green";
  const judged = decideLevel({ patch, changesTests, isMixed: false, hunks: [], ...seen });
  return { ...judged, tests: [], parts: [], flaky: [] };
}

/**
 * Shows what a green patch is worth: its tests on the base, twice on each side, and without each hunk.
 * @param openPlace is asked only where the tests may tell it
 */
export async function prove(
  request: ProofRequest,
  openPlace: () => Promise<ProofPlace>,
): Promise<ProofAccount> {
  const untold = judgeUntelling(request);
  if (untold !== undefined) return untold;
  const { production } = request;
  const place = await openPlace();
  const { files } = place;
  const hunks = listHunks(files);
  const found = await seeTests(request, hunks, place).catch(sayStopped);
  const related = repeatsValue(files, hunks, production)
    ? found.witnesses.map(dropAssertion)
    : found.witnesses;
  const seen = { ...found, witnesses: await findIdle(files, related, place) };
  const telling = seen.witnesses.filter(({ red }) => red !== "nothing");
  const needs =
    telling.length === 0
      ? hunks.map(() => "not-tried" as const)
      : await tryHunks(files, hunks, telling, place);
  const parts = hunks.map((hunk, index) => ({ place: nameHunk(hunk), need: needs[index] ?? "not-tried" }));
  const { level, reason } = decideLevel({
    patch: "green",
    changesTests: [],
    isMixed: files.some(({ units }) => units.some(({ kind }) => kind === "mixed")),
    ...seen,
    hunks: parts,
  });
  return {
    level,
    reason,
    tests: seen.witnesses.slice(0, 20).map(describeWitness),
    parts,
    flaky: seen.flaky.slice(0, 20),
  };
}

const describeWitness = ({ name, red, failure }: Witness) => ({
  name,
  red,
  types: failure.types.slice(0, 5),
});

type Seen = Witnesses & { readonly unseen: string | undefined };
const nothingSeen = (unseen: string): Seen => ({ witnesses: [], flaky: [], unseen });

function sayStopped(error: unknown): Seen {
  if (error instanceof ProofStopped)
    return nothingSeen("The step timed out before the tests were seen red on the base.");
  throw error;
}

/** Runs the new tests on the base and on the patch, twice each. */
async function seeTests(request: ProofRequest, hunks: readonly Hunk[], place: ProofPlace): Promise<Seen> {
  const { onPatch, production } = request;
  const selection = selectNewTests(place.files);
  await place.show(testPart);
  const first = await place.runTests("the new tests on the base", selection);
  const red = findRed(first, onPatch);
  if (red.length === 0) return nothingSeen(explainGreen(first));
  await place.show(testPart);
  const again = await place.runTests("the new tests on the base, again", { cases: red });
  await place.show(() => true);
  const patched = await place.runTests("the new tests on the patch, again", { cases: red });
  const onBase: TwoRuns = [keep(first, red), keep(again, red)];
  const on = await place.readFailed(onBase);
  const judge = (failure: Witness["failure"]) => judgeFailure(failure, production, hunks, on);
  return { ...findWitnesses(onBase, [keep(onPatch, red), keep(patched, red)], judge), unseen: undefined };
}

/** Whether all that changes are values outside of functions, in files that production did not fail in. */
function repeatsValue(
  files: readonly CutFile[],
  hunks: readonly Hunk[],
  production: readonly ReportedException[],
): boolean {
  const frames = production.flatMap((exception) => exception.frames.flatMap(({ file }) => file ?? []));
  return (
    frames.length > 0 &&
    hunks.every(({ path }) => canThrow(path) && !frames.some((file) => isSameFile(path, file))) &&
    spoilChange(files).size === 0
  );
}

/** A test that expects a value which the patch just wrote there says it twice. */
const dropAssertion = (witness: Witness): Witness =>
  witness.red === "assertion" ? { ...witness, red: "nothing", isIdle: true } : witness;

/** Sees which tests stay green where the change throws: they read its text, the environment or git, and not run it. */
async function findIdle(
  files: readonly CutFile[],
  witnesses: readonly Witness[],
  place: ProofPlace,
): Promise<readonly Witness[]> {
  const telling = witnesses.filter(({ red }) => red !== "nothing");
  const spoiled = spoilChange(files);
  if (telling.length === 0 || spoiled.size === 0) return witnesses;
  try {
    await place.show(() => true, spoiled);
    return markIdle(
      witnesses,
      await place.runTests("with a line in the change that throws", selectWitnesses(telling)),
    );
  } catch (error) {
    if (error instanceof ProofStopped) return witnesses;
    throw error;
  }
}

/** Tests that failed, and that the patch made green. */
function findRed(onBase: TestRun, onPatch: TestRun): TestCase[] {
  const green = new Map(
    onPatch.cases.filter(({ outcome }) => outcome === "passed").map((test) => [test.id, test]),
  );
  return onBase.cases.filter(({ id, outcome }) => outcome === "failed" && green.has(id));
}

function keep(run: TestRun, cases: readonly TestCase[]): TestRun {
  const ids = new Set(cases.map(({ id }) => id));
  return { ...run, cases: run.cases.filter(({ id }) => ids.has(id)) };
}

const BROKEN = {
  compile: "do not compile",
  import: "cannot be imported",
  collect: "cannot be collected",
  setup: "cannot be set up",
  timeout: "take too long",
  "none-ran": "do not run",
} as const;

const explainGreen = ({ broken }: TestRun): string =>
  broken === undefined
    ? "No test is red on the base and green on the patch."
    : `On the base the new tests ${BROKEN[broken.kind]}: that shows nothing.`;

/** The files that hold tests of the patch; undefined: the patch has none, so all tests run. */
function selectNewTests(files: readonly CutFile[]): Selection | undefined {
  const changed = files.filter(
    ({ patched, units }) => patched !== undefined && units.some(({ kind }) => kind === "test"),
  );
  const isData = changed.some(({ path }) => !isProgram(path));
  return changed.length === 0 || isData ? undefined : { files: changed.map(({ path }) => path) };
}

/** Fixtures and settings are read by tests that nobody can name. */
const isProgram = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|php|exs?|scala|swift|dart)$/.test(path) &&
  !/(?:^|\/)conftest\.py$/.test(path);
