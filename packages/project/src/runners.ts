import type { TestedLanguage } from "./languages.ts";

/** What runs before a program of a project: wrappers that change nothing about what is run. */
const WRAPPERS = String.raw`(?:(?:npx|bunx|pnpx|pnpm exec|pnpm dlx|yarn dlx|yarn run|yarn|npm exec --|bundle exec|poetry run|uv run|pipenv run|pdm run|rye run|hatch run|xvfb-run|dotenv|cross-env|time|env|sudo -E|python3? -m|coverage run -m|uvx|docker compose (?:exec|run)|mise exec --)(?: -{1,2}[\w-]+(?:[= ][\w.,:/-]+)?)* )*`;

const program = (names: string): RegExp =>
  new RegExp(
    String.raw`(?:^|[\s;&|("'=])(?:\$\{?\w+\}?)?${WRAPPERS}(?:[\w.$/{}-]*/)?(?:${names})(?=$|[\s;&|)"'])`,
    "m",
  );

/** Commands that run tests, by what they test. The list is the rule: what is not here is not known as a test. */
const RUNNERS: readonly (readonly [TestedLanguage, RegExp])[] = [
  [
    "JavaScript",
    program(
      String.raw`vitest(?! bench)|jest|mocha|ava|tap|jasmine|qunit|karma start|uvu|c8|nyc|react-scripts test|ng test|wtr|web-test-runner|bun test|deno test|node (?:\S+ )*--test|tsx (?:\S+ )*--test|lab|tape|borp|poku`,
    ),
  ],
  [
    "JavaScript",
    program(
      String.raw`(?:turbo(?: run)?|nx(?: run-many| affected)?|lerna run|wireit|moon run|rush)(?: (?:-t|--target[s]?|[\w:@/-]+))*[ =:](?:test|unit)[\w:-]*`,
    ),
  ],
  [
    "Python",
    program(
      String.raw`pytest|py\.test|unittest|nose2|tox|nox|hatch test|trial|stestr|zope-testrunner|ward|(?:python3? )?(?:\S*/)?manage\.py test|(?:python3? )?(?:\S*/)?run_?tests?\.py|python3? setup\.py test|python3? -m (?:unittest|pytest|nose|tox|nox)|coverage run`,
    ),
  ],
  ["Go", program("go test|gotestsum|ginkgo|gotest|richgo test")],
  ["Rust", program(String.raw`cargo (?:\+\S+ )?(?:test|t|nextest run|llvm-cov|hack test|tarpaulin)`)],
  [
    "Java",
    program(
      String.raw`mvnw?(?: [^\s;&|]+)* (?:test|verify|install|package)|gradlew?(?:\.bat)?(?: [^\s;&|]+)* (?:[\w:-]*:)?(?:\w*[tT]ests?\w*|check|build)|bazel(?:isk)? test`,
    ),
  ],
  ["Scala", program(String.raw`sbt(?: [^;&|]+)?[ ;:"'](?:\w*:)?test\w*|mill(?: \S+)*test`)],
  [
    "Ruby",
    program(
      String.raw`rspec|parallel_rspec|rails (?:test|spec)\S*|rake(?: (?:test|spec|ci|default)\S*)?|m|minitest|cucumber`,
    ),
  ],
  ["PHP", program("phpunit|simple-phpunit|pest|paratest|artisan test|codecept run|phpspec run")],
  [".NET", program(String.raw`dotnet (?:test|run --project \S*[tT]est\S*)`)],
  ["Elixir", program(String.raw`mix (?:test|coveralls)[\w.]*`)],
  ["Swift", program(String.raw`swift test|xcodebuild(?: \S+)* test`)],
  ["Dart", program("(?:dart|flutter|melos)(?: run)? test")],
  ["C", program("ctest|meson test|ninja test|bazel test")],
  ["Haskell", program("(?:cabal|stack) test")],
  ["Clojure", program(String.raw`lein test|clojure -\S*:test\S*`)],
  ["Perl", program("prove")],
  ["Erlang", program("rebar3 (?:eunit|ct)")],
  ["Zig", program("zig build test|zig test")],
  ["Solidity", program("forge test|hardhat test")],
];

/** Gradle and Maven build without tests on request. */
const WITHOUT_TESTS = /-DskipTests|-Dmaven\.test\.skip|-x[ =]?(?::\w+:)?test\b|--exclude-task[ =]test\b/;

/** The languages whose tests a text of commands runs by name. */
export const runnersIn = (text: string): Set<TestedLanguage> =>
  new Set(
    RUNNERS.filter(([language, runner]) => {
      const lines = text.split("\n").filter((line) => runner.test(line));
      return lines.some((line) => language !== "Java" || !WITHOUT_TESTS.test(line));
    }).map(([language]) => language),
  );

/** Names under which projects keep the command that runs their tests. */
const TEST_NAMES = String.raw`(?:test|tests|unit|check|ci|spec|coverage|cov)(?:[:\-_.](?!e2e|browser|integration|watch|update|lint|types?\b)[\w:.-]+)?`;

const FLAGS = String.raw`(?: (?:-{1,2}[\w-]+(?:[= ](?!run\b|test\b)[\w@./{}*"'-]+)?|recursive|workspace \S+|workspaces(?: foreach)?))*`;
const END = String.raw`(?:\.(?:sh|bash|py|rb|m?js))?(?=$|[\s;&|)])`;
const START = String.raw`(?:^|[\s;&|(])`;

/** Calls of a script or target that is known as the tests by its name alone. `npm ci` installs. */
const NAMED_CALLS = [
  `(?:npm|pnpm|yarn|bun)${FLAGS} (?:run|run-script)${FLAGS} ${TEST_NAMES}`,
  String.raw`(?:npm|pnpm|yarn)${FLAGS} (?:test(?:[:\-_.](?!e2e|browser|integration|watch|update|lint|types?\b)[\w:.-]+)?|t|tst|unit(?::[\w:.-]+)?)`,
  String.raw`(?:make|gmake|just|task|rake|invoke|inv|poe|composer(?: run(?:-script)?)?|pdm run|hatch run|deno task|mise run)(?: -\S+)* ${TEST_NAMES}`,
  String.raw`(?:(?:ba)?sh )?(?:\./)?(?:(?:scripts?|bin|ci|\.ci|tools?|hack|build)/)(?:run[-_]?)?(?:tests?|unit|check|ci|cibuild)(?:[-_]\w+)?`,
].map((call) => new RegExp(`${START}${call}${END}`, "m"));

/** Whether the name of what a command calls says tests, and not only that something is checked. */
export const isNamedTests = (command: string): boolean =>
  NAMED_CALLS.some((call) => /\b(tests?|unit|specs?|t|tst)\b/.test(call.exec(command)?.[0] ?? ""));

/** Whether a command is known as one that runs tests: by its program, or by the name of what it calls. */
export const runsTests = (command: string): boolean =>
  runnersIn(command).size > 0 || NAMED_CALLS.some((call) => call.test(command));
