export { type Comparison, compareRuns } from "./compare/compare-runs.ts";
export {
  type InstrumentedCommand,
  instrument,
  type ReportFormat,
} from "./instrument/instrument.ts";
export { type Selection, selectTests } from "./instrument/select-tests.ts";
export type { TestFacts } from "./instrument/test-facts.ts";
export { readTestRun } from "./read-test-run.ts";
export type {
  Breakage,
  RanCommand,
  ReportFile,
  StackFrame,
  TestCase,
  TestFailure,
  TestRun,
} from "./test-run.ts";
