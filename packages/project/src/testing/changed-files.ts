import type { TestRole } from "../test-role.ts";

/** A project whose tests are `npm test`, which leads to programs by way of scripts and targets. */
export const BASE_FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    scripts: {
      test: "run-s unit 'all'",
      unit: "node ./scripts/unit.mjs",
      all: "make check",
      start: "bin/start",
    },
  }),
  Makefile: "check: lint\n\tci/run --fast\nlint:\n\tsh tools/lint.sh\ndeploy:\n\tci/deploy\n",
  "scripts/unit.mjs": "run();\n",
  "ci/run": "exec run\n",
  "ci/deploy": "exec deploy\n",
  "tools/lint.sh": "lint\n",
  "bin/start": "exec start\n",
  "src/cart.ts": "export const total = 1;\n",
};

const BASE_MANIFEST = { name: "a", scripts: { test: "vitest" }, dependencies: { x: "1" } };
const BASE_TOML = '[project]\nname = "a"\n\n[tool.pytest.ini_options]\naddopts = "-q"\n';
const BASE_INI = "[metadata]\nname = a\n\n[tool:pytest]\naddopts = -q\n";

/** One change of that project and the role that the file has. */
export type ChangedPath = {
  readonly path: string;
  readonly base: string | undefined;
  readonly patched: string | undefined;
  readonly role: TestRole["kind"];
};

const paths = (role: ChangedPath["role"], list: string): ChangedPath[] =>
  list
    .trim()
    .split(/\s+/)
    .map((path) => ({ path, base: "one\n", patched: "two\n", role }));

const manifest = (path: string, change: object, role: ChangedPath["role"]): ChangedPath => ({
  path,
  base: JSON.stringify(BASE_MANIFEST),
  patched: JSON.stringify({ ...BASE_MANIFEST, ...change }),
  role,
});

/** Changes of files that the project has or gets, each path once. */
export const CHANGED_FILES: readonly ChangedPath[] = [
  ...paths(
    "definition",
    `a/GNUmakefile build/rules.mk justfile Taskfile.yml Rakefile tsconfig.json jsconfig.json a/tsconfig.test.json
    a/tsconfig-base.json vitest.config.ts a/vite.config.mjs vitest-unit.config.ts jest-e2e.config.js vitest.workspace.ts
    jest.config.integration.cjs playwright.config.ts cypress.config.js karma.conf.js karma.conf.coffee stryker.config.json
    nightwatch.conf.js .mocharc.yml .nycrc .c8rc.json .jestrc.json .swcrc .npmrc .yarnrc.yml pnpm-workspace.yaml .pnpmfile.cjs
    .yarn/releases/yarn-4.cjs .husky/pre-commit .mvn/jvm.config .cargo/config.toml gradle/wrapper/gradle-wrapper.properties
    vendor/bin/phpunit node_modules/.bin/vitest a/pytest.toml pytest.ini tox.ini noxfile.py .coveragerc phpunit.xml.dist phpunit.ci.xml
    .rspec bunfig.toml turbo.json nx.json lerna.json rush.json a/project.json ci.runsettings xunit.runner.json`,
  ),
  ...paths(
    "helper",
    `conftest.py tests/conftest.py setup.py spec/spec_helper.rb test/test_helper.rb tests/Pest.php jest.setup.ts
    src/setupTests.ts test-setup.js vitest-teardown.ts .babelrc .babelrc.json babel.config.js metro.config.js webpack.config.js
    rollup.config.mjs deno.json pom.xml build.gradle.kts settings.gradle gradle.properties Directory.Build.props .nvmrc
    .python-version .tool-versions .travis.yml Jenkinsfile azure-pipelines.yml .circleci/config.yml .buildkite/pipeline.yml
    src/__mocks__/cart.ts`,
  ),
  ...paths(
    "none",
    `src/cart.test.ts tests/test_cart.py README.md src/vite.ts src/makefile.ts src/jest.ts Dockerfile ci/other.sh
    scripts/release.mjs requirements.txt config/settings.json`,
  ),
  { path: "Makefile", base: BASE_FILES["Makefile"], patched: "check:\n\ttrue\n", role: "definition" },
  { path: "scripts/unit.mjs", base: BASE_FILES["scripts/unit.mjs"], patched: "\n", role: "definition" },
  { path: "ci/run", base: BASE_FILES["ci/run"], patched: "true\n", role: "definition" },
  { path: "tools/lint.sh", base: BASE_FILES["tools/lint.sh"], patched: undefined, role: "definition" },
  { path: "ci/deploy", base: BASE_FILES["ci/deploy"], patched: "deploy\n", role: "none" },
  { path: "bin/start", base: BASE_FILES["bin/start"], patched: "start\n", role: "none" },
  {
    path: "src/cart.ts",
    base: BASE_FILES["src/cart.ts"],
    patched: "export const total = 2;\n",
    role: "none",
  },
  { path: "a/jest.config.js", base: undefined, patched: "export default {};\n", role: "definition" },
  { path: "b/jest.config.js", base: "export default {};\n", patched: undefined, role: "definition" },
  manifest("scripts-differ/package.json", { scripts: { test: "true" } }, "definition"),
  manifest("runner/package.json", { jest: { bail: 1 } }, "definition"),
  manifest("manager/package.json", { packageManager: "pnpm@1.0.0" }, "definition"),
  manifest("type/package.json", { type: "module" }, "helper"),
  manifest("imports/package.json", { imports: { "#a": "./a.js" } }, "helper"),
  manifest("dependency/package.json", { dependencies: { x: "2" } }, "none"),
  manifest("php/composer.json", { scripts: { test: "true" } }, "definition"),
  manifest("php-type/composer.json", { type: "library" }, "none"),
  { path: "no-json/package.json", base: "{}", patched: "{", role: "definition" },
  { path: "gone/package.json", base: "{}", patched: undefined, role: "definition" },
  { path: "fixture/package.json", base: undefined, patched: '{"name":"f"}', role: "none" },
  {
    path: "py/pyproject.toml",
    base: BASE_TOML,
    patched: BASE_TOML.replace("-q", "--co"),
    role: "definition",
  },
  { path: "py-name/pyproject.toml", base: BASE_TOML, patched: BASE_TOML.replace('"a"', '"b"'), role: "none" },
  {
    path: "py-inline/pyproject.toml",
    base: '[project]\nname = "a"\n',
    patched: '[project]\nname = "a"\n\n[tool]\npytest = { ini_options = { addopts = "--co" } }\n',
    role: "definition",
  },
  {
    path: "poetry/pyproject.toml",
    base: BASE_TOML,
    patched: `${BASE_TOML}\n[tool.poetry]\nname = "a"\n`,
    role: "none",
  },
  { path: "py/setup.cfg", base: BASE_INI, patched: BASE_INI.replace("-q", "--co"), role: "definition" },
  { path: "py-name/setup.cfg", base: BASE_INI, patched: BASE_INI.replace("= a", "= b"), role: "none" },
  { path: "rust/Cargo.toml", base: "[package]\n", patched: "[package]\n\n[[test]]\n", role: "definition" },
];

/** The project before those changes. */
export const BEFORE_CHANGES: Readonly<Record<string, string>> = {
  ...BASE_FILES,
  ...Object.fromEntries(
    CHANGED_FILES.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base]])),
  ),
};

/** The project after them. */
export const AFTER_CHANGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(BEFORE_CHANGES).filter(([path]) => CHANGED_FILES.every((one) => one.path !== path)),
  ),
  ...Object.fromEntries(
    CHANGED_FILES.flatMap(({ path, patched }) => (patched === undefined ? [] : [[path, patched]])),
  ),
};

/** Paths of the changes that have a say in how the project is tested, sorted. */
export const TOLD_PATHS: readonly string[] = CHANGED_FILES.filter(({ role }) => role !== "none")
  .map(({ path }) => path)
  .sort();
