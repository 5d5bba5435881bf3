import type { ReportFormat } from "./instrument/instrument.ts";
import type { RanCommand, TestRun } from "./test-run.ts";

/**
 * Reads what a run reports. It never throws: what cannot be read leaves the exit code, and a sentence in `unread`.
 * @param root absolute path of the checkout as the tests see it, by which files get their repository path
 */
export function readTestRun(_format: ReportFormat, ran: RanCommand, _root: string): TestRun {
  return {
    source: "exit-code",
    exitCode: ran.exitCode,
    cases: [],
    ...(ran.timedOut ? { broken: { kind: "timeout", text: "" } } : {}),
  };
}
