import { fakeWrites, parseGiven, type WrittenWorld, writtenRecord } from "@patchpilot/acceptance/testing";
import { type Incident, type IncidentRecord, isInFamily } from "@patchpilot/incident";
import type { EndpointRegression, SpanOperation } from "@patchpilot/sentry";
import { contract, type PerfScanInputs } from "../contract.ts";
import type { DatedRelease, ReleaseChanges } from "../facts.ts";
import type { PerfScanPorts, SpanReader } from "../ports.ts";
import { run } from "../run.ts";
import { acceptedAt } from "./incidents.ts";
import { type Course, exceedingIn, hoursIn, NOW, rowIn } from "./spans.ts";

/** A world that the ports show, and what the run asked of it and changed in it. */
export type World = WrittenWorld & {
  courses: Course[];
  regressions: EndpointRegression[];
  /** Thrown where Sentry is asked for its own regressions, or when one began. */
  regressionsFail: Error | null;
  breakpointFails: Error | null;
  breakpoint: Date | null;
  releases: DatedRelease[];
  comparison: ReleaseChanges | null;
  paths: string[];
  /** By key. */
  incidents: Map<string, Incident>;
  /** The repository's oldest incidents; none: this is the first run. */
  oldest: Incident[];
  secrets: string[];
  now: Date;
  partial: boolean;
  truncated: boolean;
  certainty: "high" | "low";
  readonly asked: string[];
};

export const makeWorld = (parts: Partial<World> = {}): World => ({
  courses: [],
  regressions: [],
  regressionsFail: null,
  breakpointFails: null,
  breakpoint: null,
  releases: [],
  comparison: null,
  paths: ["src/api/checkout.ts", "src/api/cart.ts", "README.md"],
  incidents: new Map(),
  oldest: [acceptedAt("2026-01-01T00:00:00Z")],
  secrets: [],
  now: NOW,
  partial: false,
  truncated: false,
  certainty: "high",
  asked: [],
  drafts: [],
  changes: [],
  ...parts,
});

export const inputsOf = (given: Record<string, string> = {}): PerfScanInputs => parseGiven(contract, given);

export const scan = (world: World, given: Record<string, string> = {}) =>
  run(inputsOf(given), portsOf(world));

/** The record that a scan wrote first. */
export const recordIn = (world: World): IncidentRecord => writtenRecord(world.changes[0]);

/** What a run said, line by line. */
export const said = (lines: readonly { readonly text: string }[]): string =>
  lines.map(({ text }) => text).join("\n");

const portsOf = (world: World): PerfScanPorts => ({
  secrets: world.secrets,
  spans: fakeSpans(world),
  code: {
    listFiles: async () => {
      world.asked.push("files");
      return { paths: world.paths, complete: true };
    },
    compare: async (base, head) => {
      world.asked.push(`compare ${base.slice(0, 4)} ${head.slice(0, 4)}`);
      return world.comparison;
    },
    readHistory: async (questions) => {
      world.asked.push("history");
      return questions.map(({ path }) =>
        (world.comparison?.commits ?? []).slice(-1).map((commit) => ({ ...commit, files: [path] })),
      );
    },
  },
  incidents: {
    readNumbers: async (numbers) =>
      [...world.incidents.values()].filter(({ number }) => numbers.includes(number)),
    readKeys: async (keys) => {
      world.asked.push("incidents");
      const byKey = new Map([...world.incidents].filter(([key]) => keys.includes(key)));
      return { byKey, oldest: world.oldest };
    },
    ...fakeWrites(world),
    now: async () => world.now,
  },
});

function fakeSpans(world: World): SpanReader {
  const findCourse = (operation: SpanOperation): Course =>
    world.courses.find((course) => course.operation === operation) ?? { operation, perHour: 0, p95: () => 0 };
  return {
    readTable: async (window, families) => {
      world.asked.push("table");
      const isWanted = ({ operation: { op } }: Course): boolean =>
        families.length === 0 || families.some((family) => isInFamily(op, family));
      const rows = world.courses
        .filter(isWanted)
        .filter(({ since = 0 }) => since < window.to.getTime())
        .flatMap((course) => rowIn(course, window) ?? [])
        .map((row) => ({ ...row, timing: { ...row.timing, certainty: world.certainty } }));
      return { rows, truncated: world.truncated, partial: world.partial };
    },
    readHours: async (window, operations) => {
      for (let start = 0; start < operations.length; start += 10) world.asked.push("hours");
      return operations.map((operation) => ({
        hours: hoursIn(findCourse(operation), window),
        partial: world.partial,
        certainty: world.certainty,
      }));
    },
    readExceeding: async (window, questions) => {
      for (let start = 0; start < questions.length; start += 10) world.asked.push("exceeding");
      return questions.map(({ operation, threshold }) => ({
        hours: exceedingIn(findCourse(operation), window, threshold),
        partial: world.partial,
      }));
    },
    listRegressions: async () => {
      world.asked.push("regressions");
      if (world.regressionsFail) throw world.regressionsFail;
      return world.regressions;
    },
    readBreakpoint: async () => {
      world.asked.push("breakpoint");
      if (world.breakpointFails) throw world.breakpointFails;
      return world.breakpoint;
    },
    listReleases: async () => {
      world.asked.push("releases");
      return world.releases;
    },
    queryOf: ({ transaction, op }) => `transaction:"${transaction}" span.op:${op}`,
  };
}
