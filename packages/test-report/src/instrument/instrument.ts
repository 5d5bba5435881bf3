import { findLeaf, type LeafCommand, quote } from "./leaf-command.ts";
import type { TestFacts } from "./test-facts.ts";

/** A format that a run is read by. */
export type ReportFormat =
  | "junit"
  | "pytest"
  | "unittest"
  | "tap"
  | "go"
  | "go-text"
  | "cargo"
  | "vitest"
  | "jest"
  | "exit-code";

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

type Way = (
  command: string,
  facts: TestFacts,
  leaf: LeafCommand | undefined,
) => InstrumentedCommand | undefined;

/**
 * Makes a command write a report that names each test, if that is safe and certain: by arguments that are sure to reach
 * the runner, by variables that the runner reads, or not at all where it reports anyway. Else its exit code is all.
 */
export function instrument(command: string, facts: TestFacts): InstrumentedCommand {
  const leaf = findLeaf(command, facts);
  for (const way of WAYS) {
    const found = way(command, facts, leaf);
    if (found !== undefined) return found;
  }
  return { command, format: "exit-code" };
}

/** Whether one of the commands calls a program. */
const calls = ({ spelledOut }: TestFacts, program: RegExp): boolean =>
  spelledOut.some((text) => program.test(text));

const byVitest: Way = (_, { folder }, leaf) => {
  if (
    leaf?.words[0] !== "vitest" ||
    leaf.words.some((word) => /^--?(reporter|outputFile|watch|ui|w$)/.test(word))
  )
    return undefined;
  // Without `run` or CI it would watch; every sandbox sets CI. What is no command names files.
  if (/^(watch|dev|bench|list|init|related|typecheck)$/.test(leaf.words[1] ?? "")) return undefined;
  const reportFile = `${folder}/vitest.json`;
  const args = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  return { command: leaf.append(args), format: "vitest", reportFile };
};

const byJest: Way = (_, { folder }, leaf) => {
  if (
    leaf?.words[0] !== "jest" ||
    leaf.words.some((word) => /^--(json|outputFile|watch|testResultsProcessor)/.test(word))
  )
    return undefined;
  const reportFile = `${folder}/jest.json`;
  return { command: leaf.append(["--json", `--outputFile=${reportFile}`]), format: "jest", reportFile };
};

/** A word of a command that starts pytest. */
const PYTEST = /(^|[\s/;&|(])(pytest|py\.test)(?=\s|$)/;

/** The command line counts for more than the variable: a project that names its own report keeps it. */
const byPytest: Way = (command, facts) => {
  if (!calls(facts, PYTEST)) return undefined;
  if (calls(facts, /no:junitxml|--junit-?xml|PYTEST_ADDOPTS|\btox\b|\bnox\b/))
    return { command, format: "pytest" };
  const reportFile = `${facts.folder}/pytest.xml`;
  const options = `--junitxml=${quote(reportFile)} -o junit_family=xunit1`;
  const set = `export PYTEST_ADDOPTS="\${PYTEST_ADDOPTS-} ${options}"`;
  return { command: `${set}\n${command}`, format: "pytest", reportFile };
};

/** A command that starts unittest, or Django's tests, which are unittest's. */
const UNITTEST = /\s-m unittest(?=[\s'"]|$)|(^|[\s/])manage\.py test(?=[\s'"]|$)/;

/** It names tests only if it is asked to say more. */
const byUnittest: Way = (command, facts, leaf) => {
  if (!calls(facts, UNITTEST)) return undefined;
  const option = leaf && sayMore(leaf.words);
  return {
    command: option === undefined ? command : (leaf?.append([option]) ?? command),
    format: "unittest",
  };
};

/** The option that makes a runner name its tests; undefined where it does so, or is another one. */
function sayMore(words: readonly string[]): string | undefined {
  const has = (option: RegExp) => words.some((word) => option.test(word));
  const at = words.findIndex((word, index) => /^(?:unittest|test)$/.test(word) && index > 0);
  const before = words[at - 1] ?? "";
  if (words[at] === "unittest") return before === "-m" && !has(/^(-v+|--verbose)$/) ? "-v" : undefined;
  return /(^|\/)manage\.py$/.test(before) && !has(/^(-v|--verbosity=)[23]$/) ? "--verbosity=2" : undefined;
}

/** Where a shell would take over the output of `go test`, or a name be something else, nothing is certain. */
const GO_TEST = /(^|&&)(\s*(?:\w+=[\w./-]*\s+)*go test)(?=\s|$)/g;

const byGo: Way = (command, facts) => {
  if (!calls(facts, /(^|[\s;&|])go test(\s|$)/)) return undefined;
  const isPlain = !/[|;<>`\n]|\$\(|\s-json\b|go tool/.test(command) && GO_TEST.test(command);
  GO_TEST.lastIndex = 0;
  return isPlain
    ? { command: command.replace(GO_TEST, "$1$2 -json"), format: "go" }
    : { command, format: "go-text" };
};

/** libtest's own lines are stable; it reports nothing else without nightly. */
const byCargo: Way = (command, facts) =>
  calls(facts, /(^|[\s;&|])cargo (\+\S+ )?(t|test)(\s|$)/) &&
  !calls(facts, /--nocapture|--format|nextest|-q\b|--quiet/)
    ? { command, format: "cargo" }
    : undefined;

/** Maven's and Gradle's reports lie there anyway. */
const byJvm: Way = (command, facts) => {
  if (calls(facts, /(^|[\s/;&|])mvnw?\s/))
    return {
      command,
      format: "junit",
      reportPaths: /(^|\/)target\/(surefire|failsafe)-reports\/TEST-[^/]*\.xml$/,
    };
  return calls(facts, /(^|[\s/;&|])gradlew?\s/)
    ? { command, format: "junit", reportPaths: /(^|\/)build\/test-results\/[^/]+\/TEST-[^/]*\.xml$/ }
    : undefined;
};

/** Node's own tests; whether this node takes the option from a variable is tried first, for another one would not start. */
const byNode: Way = (command, facts) => {
  if (!calls(facts, /(^|[\s/;&|])node\s(.*\s)?--test(\s|$)/)) return undefined;
  if (calls(facts, /--test-reporter|NODE_OPTIONS/)) return { command, format: "exit-code" };
  const options = `"\${NODE_OPTIONS-} --test-reporter=tap"`;
  const set = `if NODE_OPTIONS=${options} node -e 0 >/dev/null 2>&1; then export NODE_OPTIONS=${options}; fi`;
  return { command: `${set}\n${command}`, format: "tap" };
};

const byPhpunit: Way = (_, { folder }, leaf) => {
  if (leaf === undefined || !/(^|\/)phpunit$/.test(leaf.words[0] ?? "")) return undefined;
  if (leaf.words.some((word) => word.startsWith("--log-junit"))) return undefined;
  const reportFile = `${folder}/phpunit.xml`;
  return { command: leaf.append([`--log-junit=${reportFile}`]), format: "junit", reportFile };
};

/** TAP that a command prints anyway is read as well. */
const byTap: Way = (command, facts) =>
  calls(facts, /--reporter[= ]tap\b|--test-reporter[= ]tap\b/) ? { command, format: "tap" } : undefined;

/** In this order; a command of several runners is read by the first. */
const WAYS: readonly Way[] = [
  byVitest,
  byJest,
  byTap,
  byNode,
  byPytest,
  byUnittest,
  byGo,
  byCargo,
  byJvm,
  byPhpunit,
];
