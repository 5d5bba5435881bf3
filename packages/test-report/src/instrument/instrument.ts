/** What is known of a project where its tests are run. */
export type TestFacts = {
  /** Every command that testing comes to, by way of scripts and targets, as `spellOutProject` of `project` lists them. */
  readonly spelledOut: readonly string[];
  /** Text of the package.json at the top of the base commit. */
  readonly manifest: string | undefined;
  /** A folder outside of the checkout that tests may write to; an absolute path as tests see it. */
  readonly folder: string;
};

/** A format that a run is read by. */
export type ReportFormat = "junit" | "pytest" | "tap" | "go" | "cargo" | "vitest" | "jest" | "exit-code";

/** A test command that writes a report where that is safe. */
export type InstrumentedCommand = {
  /** For bash, to be run as the project's commands are. Its tests pass and fail as those of the command as it was. */
  readonly command: string;
  readonly format: ReportFormat;
  /** Absolute path of the report. */
  readonly reportFile?: string | undefined;
  /** Which files of the checkout are reports, by their repository path. */
  readonly reportPaths?: RegExp | undefined;
};

/** Makes a command write a report that names each test, if that is safe and certain. */
export function instrument(command: string, _facts: TestFacts): InstrumentedCommand {
  return { command, format: "exit-code" };
}
