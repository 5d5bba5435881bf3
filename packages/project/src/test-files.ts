/** Endings of files that hold code or settings. */
const CODE = String.raw`\.([cm]?[jt]sx?|json5?|ya?ml|toml)`;

const RUNNERS = "vite|vitest|jest|playwright|cypress|karma|ava|wdio|nightwatch|web-test-runner|stryker";

const named = (...patterns: readonly string[]): RegExp => new RegExp(`^(${patterns.join("|")})$`, "i");

/** Files that say as a whole how a project is set up and tested, by their last name. */
export const DEFINITIONS = named(
  String.raw`(GNU)?makefile|.*\.mk|justfile|taskfile\.ya?ml|rakefile`,
  String.raw`(${RUNNERS})[\w.-]*\.(config|conf|workspace)((\.[\w-]+)*${CODE}|\.\w+)`,
  `vitest\\.projects${CODE}`,
  String.raw`\.(mocharc|nycrc|c8rc|taprc|jestrc|swcrc)(\.\w+)?`,
  String.raw`\.?pytest\.(ini|toml)|\.?tox\.ini|noxfile\.py|\.coveragerc(\.toml)?`,
  String.raw`(turbo|nx|lerna|rush|project)\.json`,
  String.raw`phpunit(\.\w+)*\.xml(\.dist)?|\.rspec|bunfig\.toml|.*\.runsettings|xunit\.runner\.json`,
  String.raw`\.?npmrc|\.?yarnrc(\.yml)?|\.?pnpmfile\.c?js`,
);

/** Settings of TypeScript, by their last name. */
export const COMPILER_SETTINGS = named(String.raw`(tsconfig|jsconfig)[\w.-]*\.json`);

/** Folders whose files are run while a project is set up or tested. */
export const DEFINING_FOLDERS =
  /^(.*\/)?(node_modules|vendor\/bin|\.yarn\/(releases|plugins|sdks)|\.cargo|\.husky|\.mvn|gradle\/wrapper)\//i;

/** Files that decide with others how it is tested, and that a good change may have to extend, by their last name. */
export const HELPERS = named(
  String.raw`conftest\.py|setup\.py|(spec|rails|test)_helper\.rb|pest\.php`,
  String.raw`(jest|vitest|tests?)[-._](setup|teardown)(\.[\w-]+)*${CODE}`,
  String.raw`((jest|vitest)\.setup|setup-?tests?|test-?setup)\.\w+`,
  String.raw`\.babelrc(\.\w+)?|(babel|metro|webpack|rollup)[\w.-]*\.config\.\w+|deno\.jsonc?`,
  String.raw`pom\.xml|(build|settings)\.gradle(\.kts)?|gradle\.properties|directory\.build\.(props|targets)`,
  String.raw`\.?(nvmrc|node-version|python-version|ruby-version|tool-versions)`,
  String.raw`\.travis\.yml|jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|appveyor\.yml|cloudbuild\.yaml`,
);

/** Folders whose files are such helpers. */
export const HELPING_FOLDERS = /(^|\/)(\.circleci|\.buildkite|\.drone|__mocks__)\//i;
