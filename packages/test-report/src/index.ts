export { type Comparison, compareRuns } from "./compare/compare-runs.ts";
export {
  type InstrumentedCommand,
  instrument,
  type ReportFormat,
  type TestFacts,
} from "./instrument/instrument.ts";
export { type Selection, selectTests } from "./instrument/select-tests.ts";
export { readTestRun } from "./read-test-run.ts";
export type { Breakage, Frame, RanCommand, ReportFile, TestCase, TestFailure, TestRun } from "./test-run.ts";
