import { cutName, cutText, MOST_CASES, plainText } from "./bounds.ts";
import type { ReportFormat } from "./instrument/instrument.ts";
import { placeBelow } from "./place-file.ts";
import { readCargo } from "./readers/cargo.ts";
import { readGo, readGoText } from "./readers/go.ts";
import { readJest } from "./readers/jest.ts";
import { readJunit } from "./readers/junit.ts";
import { readPytestText } from "./readers/pytest-text.ts";
import { readTap } from "./readers/tap.ts";
import { readUnittest } from "./readers/unittest.ts";
import { Unreadable } from "./readers/unreadable.ts";
import type { Breakage, RanCommand, TestCase, TestRun } from "./test-run.ts";

type Read = Pick<TestRun, "cases" | "onlyFailures">;

/**
 * Reads what a run reports. It never throws: what cannot be read leaves the exit code, and a sentence in `unread`.
 * @param root absolute path of the checkout as the tests see it, by which files get their repository path
 * @param folder where in it the command ran, empty for the top; ids of tests are named from there
 */
export function readTestRun(format: ReportFormat, ran: RanCommand, root: string, folder = ""): TestRun {
  const { exitCode } = ran;
  if (format === "exit-code") return { source: format, exitCode, cases: [], ...judgeBroken(ran, undefined) };
  try {
    const { cases, ...rest } = READERS[format](ran, folder === "" ? root : `${root}/${folder}`);
    const merged = mergeCases(folder === "" ? cases : placeCases(cases, root, folder));
    return {
      source: SOURCES[format],
      exitCode,
      cases: merged,
      ...rest,
      ...judgeBroken(ran, rest.onlyFailures ? undefined : merged),
    };
  } catch (error) {
    const unread =
      error instanceof Unreadable
        ? error.message
        : "The tests' report cannot be read: it is not what the runner writes.";
    return {
      source: "exit-code",
      exitCode,
      cases: [],
      unread,
      ...judgeBroken(ran, exitCode === 0 ? undefined : []),
    };
  }
}

const SOURCES = {
  junit: "junit",
  pytest: "pytest",
  unittest: "unittest",
  tap: "tap",
  go: "go",
  "go-text": "go",
  cargo: "cargo",
  vitest: "vitest",
  jest: "jest",
} as const;

type Reader = (ran: RanCommand, root: string) => Read;

const needReports = ({ reports }: RanCommand): RanCommand["reports"] => {
  if (reports.length === 0) throw new Unreadable("The tests left no report.");
  return reports;
};

const READERS: Readonly<Record<keyof typeof SOURCES, Reader>> = {
  junit: (ran, root) => ({ cases: readJunit(needReports(ran), root) }),
  pytest: (ran, root) =>
    ran.reports.length > 0
      ? { cases: readJunit(ran.reports, root) }
      : { cases: readPytestText(ran.stdout, root), onlyFailures: true },
  // It prints to stderr unless it is asked otherwise.
  unittest: ({ stdout, stderr }, root) =>
    readUnittest(plainText(whole(/^Ran \d+ test/m.test(stderr) ? stderr : stdout)), root),
  tap: ({ stdout }, root) => ({ cases: readTap(whole(stdout), root) }),
  go: ({ stdout }, root) => ({ cases: readGo(whole(stdout), root) }),
  "go-text": ({ stdout }, root) => ({ cases: readGoText(whole(stdout), root), onlyFailures: true }),
  cargo: ({ stdout }, root) => ({ cases: readCargo(whole(stdout), root) }),
  vitest: (ran, root) => ({ cases: readJest(needReports(ran), root) }),
  jest: (ran, root) => ({ cases: readJest(needReports(ran), root) }),
};

/** What a bounded output says where its middle is gone. */
function whole(output: string): string {
  if (/^\[… \d+ bytes not kept …\]$/m.test(output))
    throw new Unreadable("The tests printed too much to read their report.");
  return output;
}

/** The cases of a run below the top, with repository paths. */
function placeCases(cases: readonly TestCase[], root: string, folder: string): TestCase[] {
  const place = <Named extends { readonly file?: string | undefined }>(each: Named): Named =>
    each.file === undefined ? each : { ...each, file: placeBelow(each.file, root, folder) };
  return cases.map(({ failure, ...rest }) => ({
    ...place(rest),
    ...(failure && { failure: { ...failure, frames: failure.frames.map(place) } }),
  }));
}

/** One case for each name: red where one of them is. */
function mergeCases(cases: readonly TestCase[]): TestCase[] {
  if (cases.length > MOST_CASES) throw new Unreadable(`The report names more than ${MOST_CASES} tests.`);
  const merged = new Map<string, TestCase>();
  for (const each of cases) {
    const id = cutName(each.id);
    const known = merged.get(id);
    if (known === undefined || RANK[each.outcome] > RANK[known.outcome])
      merged.set(id, { ...each, id, name: cutName(each.name) });
  }
  return [...merged.values()];
}

const RANK = { skipped: 0, passed: 1, failed: 2 };

/** @param cases all that the report names; undefined where it does not name all */
function judgeBroken(
  { exitCode, timedOut, stdout, stderr }: RanCommand,
  cases: readonly TestCase[] | undefined,
) {
  const output = `${stdout.slice(-100_000)}\n${stderr.slice(-100_000)}`;
  const text = cutText(output.trim());
  if (timedOut) return { broken: { kind: "timeout", text } satisfies Breakage };
  const ran = cases?.some(
    ({ outcome, failure }) => outcome === "passed" || (outcome === "failed" && failure?.kind !== "setup"),
  );
  if (cases === undefined || ran) return {};
  if (exitCode === 0 && cases.length > 0) return {};
  const kind = SIGNS.find(([, sign]) => sign.test(output))?.[0] ?? (cases.length > 0 ? "setup" : "none-ran");
  return { broken: { kind, text } satisfies Breakage };
}

/** What tools print where no test could start. */
const SIGNS: readonly (readonly [Breakage["kind"], RegExp])[] = [
  [
    "compile",
    /error: could not compile|COMPILATION ERROR|Compilation failed|\[build failed\]|SyntaxError|error TS\d+:/,
  ],
  [
    "import",
    /ModuleNotFoundError|ImportError|Cannot find module|ERR_MODULE_NOT_FOUND|Failed to resolve import/,
  ],
  ["collect", /errors? during collection|ERROR collecting|no tests ran/],
];
