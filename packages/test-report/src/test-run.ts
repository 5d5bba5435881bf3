/** One test of one run. */
export type TestCase = {
  /** The same in every run of the same test: file or package, suite, name, parameters. */
  readonly id: string;
  readonly name: string;
  /** Repository path, where known. */
  readonly file?: string | undefined;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Of a failed test alone. */
  readonly failure?: TestFailure | undefined;
};

/** A line of a stack: repository path if it lies in the checkout, else as the runner prints it. */
export type StackFrame = {
  readonly file?: string | undefined;
  readonly function?: string | undefined;
  readonly line?: number | undefined;
};

/** How a test failed, as far as its runner says. */
export type TestFailure = {
  /**
   * assertion: an expectation of the test itself; exception: anything else that was thrown; setup: import, collection,
   * compilation, fixture; timeout: the runner's own limit.
   */
  readonly kind: "assertion" | "exception" | "setup" | "timeout" | "unknown";
  /** Types of the exception and of its causes, outermost first. */
  readonly types: readonly string[];
  readonly message: string;
  /** Innermost call first, those of the outermost exception before those of its causes. */
  readonly frames: readonly StackFrame[];
  /** What the runner prints of it, cut to `MOST_TEXT`. */
  readonly text: string;
};

/** What kept tests from running at all. */
export type Breakage = {
  readonly kind: "compile" | "import" | "collect" | "setup" | "timeout" | "none-ran";
  readonly text: string;
};

/** One run of a test command. */
export type TestRun = {
  /** How the cases are known; `exit-code`: they are not. */
  readonly source: "junit" | "tap" | "pytest" | "unittest" | "go" | "cargo" | "vitest" | "jest" | "exit-code";
  /** null where a signal or a limit ended it. */
  readonly exitCode: number | null;
  readonly cases: readonly TestCase[];
  /** The report names the tests that failed, and only counts those that passed. */
  readonly onlyFailures?: true | undefined;
  readonly broken?: Breakage | undefined;
  /** Why only the exit code is known, although a report was to be expected: a sentence. */
  readonly unread?: string | undefined;
};

/** How a command ended, and what it left. All of it is text of code that nobody trusts. */
export type RanCommand = {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly reports: readonly ReportFile[];
};

export type ReportFile = { readonly path: string; readonly text: string };
