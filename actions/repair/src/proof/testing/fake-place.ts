import type { TestCase, TestFailure, TestRun } from "@patchpilot/test-report";
import type { CutFile } from "../change/change.ts";
import { composeChange, testPart } from "../change/compose-file.ts";
import { findTestsBeside } from "../change/find-tests-beside.ts";
import { isFileOfTests, sortFile } from "../change/sort-change.ts";
import { splitLines } from "../change/split-file.ts";
import { findNamedFile } from "../judge/find-named-file.ts";
import type { ProofPlace } from "../proof-place.ts";

/** Files by their path, as they are where the tests run. */
export type Shown = Readonly<Record<string, string>>;

/** A test of a fake project: it is there once its file names it, and says how it fails. */
export type FakeTest = {
  readonly name: string;
  readonly file: string;
  readonly fails: (files: Shown, runs: number) => TestFailure | undefined;
  /** It looks at the code's text, and runs none of it. */
  readonly isIdle?: true;
};

/** What a test says that ran a line which was put into the change. */
const SPOILED: TestFailure = { kind: "exception", types: ["Error"], message: "", frames: [], text: "" };

export const failure = (kind: TestFailure["kind"], more: Partial<TestFailure> = {}): TestFailure => ({
  kind,
  types: [],
  message: "",
  frames: [],
  text: "",
  ...more,
});

/** A change from some files to others. */
export function makeChange(base: Shown, patched: Shown): CutFile[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(patched)])];
  return paths
    .filter((path) => base[path] !== patched[path])
    .map((path) => sortFile({ path, base: base[path], patched: patched[path] }));
}

/** A place whose tests are functions of its files. `shown` and `ran` tell what the proof did. */
export function fakePlace(base: Shown, patched: Shown, tests: readonly FakeTest[]) {
  const files = makeChange(base, patched);
  let shown: Shown = patched;
  const runs = new Map<string, number>();
  const ran: string[] = [];
  let isSpoiled = false;
  const show = (choose: Parameters<ProofPlace["show"]>[0]): Shown =>
    Object.fromEntries(
      Object.entries({ ...base, ...Object.fromEntries(composeChange(files, choose)) }).flatMap(
        ([path, text]) => (text === undefined ? [] : [[path, text]]),
      ),
    );
  const run = (): TestRun => {
    const cases = tests
      .filter(({ name, file }) => shown[file]?.includes(name))
      .map((test): TestCase => {
        const { name, file } = test;
        const count = (runs.get(name) ?? 0) + 1;
        runs.set(name, count);
        const failed = isSpoiled && test.isIdle === undefined ? SPOILED : test.fails(shown, count);
        return {
          id: name,
          name,
          file,
          ...(failed ? { outcome: "failed", failure: failed } : { outcome: "passed" }),
        };
      });
    const broken = cases.length === 0 ? { broken: { kind: "import" as const, text: "" } } : {};
    return {
      source: "junit",
      exitCode: cases.some(({ outcome }) => outcome === "failed") ? 1 : 0,
      cases,
      ...broken,
    };
  };
  const onPatch = run();
  const place: ProofPlace = {
    files,
    show: async (choose, replaced = new Map()) => {
      isSpoiled = replaced.size > 0;
      shown = show(choose);
    },
    runTests: async (title) => {
      ran.push(title);
      return run();
    },
    readFailed: async () => {
      const on = show(testPart);
      return {
        find: (file) => findNamedFile(new Set(Object.keys(on)), file),
        read: (path) => on[path],
        sources: Object.keys(base).filter((path) => !isFileOfTests(path)),
        isTest: (path, line) =>
          isFileOfTests(path) ||
          (line !== undefined && (findTestsBeside(path, splitLines(on[path] ?? ""))[line - 1] ?? false)),
      };
    },
    now: () => 0,
  };
  return { place, onPatch, ran };
}
