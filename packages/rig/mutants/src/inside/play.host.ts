import { appendFileSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { inject, test, vi } from "vitest";
import { type MutantTrial, type Note, readJournal } from "../journal.ts";
import type { MutantJob } from "../play-mutants.ts";
import { emptyRegister, type RegisteredTest, register } from "./register.ts";
import { type MutantHits, runTest, SWITCH, type TrialEnd, turnOn } from "./trial.ts";

const job = JSON.parse(readFileSync(inject("job"), "utf8")) as MutantJob;
const before = readJournal(job.journal);
const noticed = new Set(before.noticed.keys());
/** Which mutants each test file runs, as `file id`. */
const covered = new Set(before.coveredBy);
/** Milliseconds that each test file takes without any change. */
const took = new Map(before.took);
const note = (one: Note) => appendFileSync(job.journal, `${JSON.stringify(one)}\n`);
const LIMIT_MS = 3_000;
const CLEAN_LIMIT_MS = 600_000;
/** Tests that take longer without any change try no mutant: a survivor would run them all. */
const SLOW_MS = 2_000;
/** Such tests, as `file index`. */
const slow = new Set<string>();

/** A test as it ran without any change. */
interface CleanTest {
  readonly index: number;
  readonly limit: number;
  readonly time: number;
  readonly hits: MutantHits;
}

test("tries every mutant of the job", async () => {
  // A drawn case must be the same for a mutant and without it. Nobody reads the smallest case.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  for (const file of job.tests.filter((one) => !took.has(one))) await measure(file);
  const inOrder = job.tests.toSorted((one, other) => (took.get(one) ?? 0) - (took.get(other) ?? 0));
  const files = (how: MutantTrial) => inOrder.filter((one) => !before.done.has(`${how} ${one}`));
  // Loading anew costs most, so it waits until no test file noticed a mutant the quick way.
  for (const file of files("loaded")) await playLoaded(file);
  for (const file of files("fresh")) await playFresh(file);
  note({ t: "end" });
});

/** A test file, and what it ran without any change. */
interface CleanFile {
  readonly tests: readonly CleanTest[];
  readonly whileLoading: MutantHits;
}

/** Runs a test file once without any change: what it covers, and how long it takes. */
async function measure(file: string): Promise<void> {
  const clean = await loadClean(file);
  const ids = [...new Set([clean.whileLoading, ...clean.tests.map(({ hits }) => hits)].flatMap(Object.keys))];
  const ms = Math.round(clean.tests.reduce((sum, { time }) => sum + time, 0));
  note({ t: "covered", file, ids, ms });
  took.set(file, ms);
  for (const id of ids) covered.add(`${file} ${id}`);
  await unload();
}

/** Tries the mutants that a test file runs in its modules as they are. */
async function playLoaded(file: string): Promise<void> {
  const clean = await loadClean(file);
  let isLoaded = true;
  for (const id of listOpen("loaded", file)) {
    note({ t: "try", file, id });
    if (!isLoaded) await reload(file);
    isLoaded = await tryLoaded(file, id, findCovering(clean, id));
    if (!noticed.has(id)) note({ t: "survived", how: "loaded", file, id });
  }
  await endFile("loaded", file, clean);
}

/** Tries what is left in modules that are loaded anew with the mutant on. */
async function playFresh(file: string): Promise<void> {
  if (listOpen("fresh", file).length === 0) return note({ t: "done", how: "fresh", file });
  const clean = await loadClean(file);
  for (const id of listOpen("fresh", file)) {
    note({ t: "try", file, id });
    const hits = clean.whileLoading[id];
    const tests = hits === undefined ? findCovering(clean, id) : quickestFirst(clean.tests);
    if (!(await tryFresh(file, id, tests, hits ?? 0))) note({ t: "survived", how: "fresh", file, id });
  }
  await endFile("fresh", file, clean);
}

const listOpen = (how: MutantTrial, file: string): string[] =>
  job.chosen.filter(
    (id) => covered.has(`${file} ${id}`) && !noticed.has(id) && !before.unnoticed.has(`${how} ${file} ${id}`),
  );

const quickestFirst = (tests: readonly CleanTest[]): CleanTest[] =>
  tests.filter(({ time }) => time <= SLOW_MS).sort((one, other) => one.time - other.time);

const findCovering = ({ tests }: CleanFile, id: string): CleanTest[] =>
  quickestFirst(tests.filter(({ hits }) => hits[id] !== undefined));

async function loadClean(file: string): Promise<CleanFile> {
  turnOn(undefined);
  await load(file).catch((error: unknown) => fail(file, `it does not load: ${error}`));
  const whileLoading = { ...SWITCH.mutantCoverage.static };
  return { whileLoading, tests: await runClean(file) };
}

/** Every test still passes at the end, so no mutant left anything behind. */
async function endFile(how: MutantTrial, file: string, { tests }: CleanFile): Promise<void> {
  await reload(file);
  for (const { index } of tests)
    if ((await runTest(registered(index), CLEAN_LIMIT_MS)) !== "passed")
      fail(file, `a mutant left something behind: ${registered(index).name}`);
  await unload();
  note({ t: "done", how, file });
}

/** Runs every test of the loaded file, and counts what each runs. */
async function runClean(file: string): Promise<CleanTest[]> {
  const clean: CleanTest[] = [];
  for (const [index, one] of register().tests.entries()) {
    if (slow.has(`${file} ${index}`)) continue;
    const id = `test ${index}`;
    SWITCH.currentTestId = id;
    SWITCH.mutantCoverage.perTest = {};
    const began = performance.now();
    const outcome = await runTest(one, CLEAN_LIMIT_MS);
    const time = performance.now() - began;
    SWITCH.currentTestId = undefined;
    if (outcome !== "passed") fail(file, `${one.name} (${outcome})`);
    if (time > SLOW_MS) slow.add(`${file} ${index}`);
    clean.push({ index, time, limit: LIMIT_MS + 20 * time, hits: SWITCH.mutantCoverage.perTest[id] ?? {} });
  }
  return clean;
}

/**
 * Tries a mutant on the tests that run its code, in the modules as they are. It counts as killed only if the same test
 * passes again without it. Returns whether the modules are still good.
 */
async function tryLoaded(file: string, id: string, tests: readonly CleanTest[]): Promise<boolean> {
  for (const one of tests) {
    turnOn(id, one.hits[id]);
    const outcome = await settle(one);
    turnOn(undefined);
    if (outcome === "passed") continue;
    const by = registered(one.index).name;
    if (outcome === "hung" || (await runTest(registered(one.index), one.limit)) === "passed") {
      tell(outcome, file, id, by);
      return outcome !== "hung";
    }
    return false;
  }
  return true;
}

/** Tries a mutant that is on from the first line of the modules. Returns whether a test noticed. */
async function tryFresh(
  file: string,
  id: string,
  tests: readonly CleanTest[],
  hits: number,
): Promise<boolean> {
  await unload();
  turnOn(id, hits);
  try {
    await load(file);
  } catch {
    turnOn(undefined);
    tell("failed", file, id, "does not load");
    return true;
  }
  for (const one of tests) {
    turnOn(id, Math.max(hits, one.hits[id] ?? 0));
    // A table that lost rows has fewer tests: that is noticed by people, not by a test.
    if (register().tests[one.index] === undefined) continue;
    const outcome = await settle(one);
    if (outcome === "passed") continue;
    turnOn(undefined);
    tell(outcome, file, id, registered(one.index).name);
    return true;
  }
  turnOn(undefined);
  return false;
}

/** A machine that pauses for seconds is no hanging test: what hangs does so twice. */
async function settle({ index, limit }: CleanTest): Promise<TrialEnd> {
  const first = await runTest(registered(index), limit);
  return first === "hung" ? await runTest(registered(index), limit) : first;
}

function tell(outcome: TrialEnd, file: string, id: string, by: string): void {
  noticed.add(id);
  note({ t: outcome === "hung" ? "timeout" : "killed", file, id, by });
}

async function reload(file: string): Promise<void> {
  await unload();
  turnOn(undefined);
  await load(file);
}

async function load(file: string): Promise<void> {
  vi.resetModules();
  emptyRegister();
  SWITCH.mutantCoverage.static = {};
  await import(/* @vite-ignore */ file);
  for (const { hooks } of register().suites) for (const hook of hooks.beforeAll) await hook();
}

/** What a mutant broke may not end well. */
async function unload(): Promise<void> {
  for (const { hooks } of register().suites.reverse())
    for (const hook of hooks.afterAll) await Promise.resolve(hook()).catch(() => undefined);
}

function registered(index: number): RegisteredTest {
  const one = register().tests[index];
  if (one === undefined) throw new Error(`There is no test ${index}.`);
  return one;
}

function fail(file: string, why: string): never {
  note({ t: "broken", file, why });
  throw new Error(why);
}
