import { describe, expect, test } from "vitest";
import { chooseParts } from "./choose-parts.ts";
import { readProjectModel } from "./project-model.ts";
import { baseFiles } from "./testing/base-files.ts";

type Files = Readonly<Record<string, string>>;

const read = async (files: Files, given?: Parameters<typeof readProjectModel>[1]) =>
  readProjectModel(baseFiles(files), given);
const commandsOf = async (files: Files) =>
  (await read(files)).parts.map(({ folder, setup, test: command }) => [folder, setup, command]);
const manifest = (more: object = {}) => JSON.stringify({ scripts: { test: "vitest" }, ...more });
const TESTS = { "test_shop.py": "" };

const PROJECTS: readonly (readonly [string, Files, string | undefined, string | undefined])[] = [
  ["npm with a lockfile", { "package.json": manifest(), "package-lock.json": "{}" }, "npm ci", "npm test"],
  [
    "npm with an empty one",
    { "package.json": manifest(), "package-lock.json": "" },
    "npm install",
    "npm test",
  ],
  ["npm without one", { "package.json": manifest() }, undefined, "npm test"],
  [
    "pnpm",
    { "package.json": manifest(), "pnpm-lock.yaml": "x" },
    "pnpm install --frozen-lockfile",
    "pnpm test",
  ],
  [
    "a pnpm workspace whose root has no tests",
    {
      "package.json": "{}",
      "pnpm-lock.yaml": "x",
      "pnpm-workspace.yaml": "packages: [a]\n",
      "a/package.json": manifest(),
    },
    "pnpm install --frozen-lockfile",
    "pnpm --recursive --if-present test",
  ],
  ["yarn 1", { "package.json": manifest(), "yarn.lock": "x" }, "yarn install --frozen-lockfile", "yarn test"],
  [
    "yarn 4",
    { "package.json": manifest({ packageManager: "yarn@4.1.0" }), "yarn.lock": "x" },
    "yarn install --immutable",
    "yarn test",
  ],
  ["bun", { "package.json": manifest(), "bun.lock": "{}" }, "bun install --frozen-lockfile", "bun run test"],
  ["deno", { "deno.json": "{}", "deno.lock": "{}" }, "deno install --frozen", "deno test --allow-all"],
  ["a Makefile with tests", { Makefile: "all:\n\ntest: build\n\tgo test\n" }, undefined, "make test"],
  ["Go", { "go.mod": "" }, undefined, "go test ./..."],
  ["Rust", { "Cargo.toml": "" }, undefined, "cargo test"],
  [
    "requirements",
    { "requirements.txt": "pytest\n", ...TESTS },
    "python -m pip install -r requirements.txt pytest",
    "python -m pytest",
  ],
  [
    "a package with extras",
    {
      "pyproject.toml":
        '[build-system]\n[project]\nname = "a"\n[project.optional-dependencies]\ntest = ["pytest"]\ndocs = ["x"]\n',
      "tests/test_a.py": "",
    },
    "python -m pip install -e '.[test]' pytest",
    "python -m pytest",
  ],
  [
    "an application with groups and no build system",
    {
      "pyproject.toml":
        '[project]\nname = "a"\ndependencies = ["httpx[http2]>=0.2"]\n[dependency-groups]\ndev = ["pytest"]\n',
      ...TESTS,
    },
    "python -m pip install --upgrade 'pip>=25.1' && python -m pip install 'httpx[http2]>=0.2' --group dev pytest",
    "python -m pytest",
  ],
  [
    "uv",
    {
      "pyproject.toml": '[project]\nname = "a"\n[dependency-groups]\ndev = ["pytest"]\n',
      "uv.lock": "x",
      ...TESTS,
    },
    "uv sync --locked --group dev",
    "python -m pytest",
  ],
  [
    "poetry",
    {
      "pyproject.toml": "[tool.poetry.group.dev.dependencies]\npytest = '8'\n",
      "poetry.lock": "x",
      ...TESTS,
    },
    "poetry install --no-interaction",
    "python -m pytest",
  ],
  [
    "pipenv",
    { Pipfile: "pytest = '*'\n", "Pipfile.lock": "{}" },
    "pipenv install --dev --deploy",
    "python -m pytest",
  ],
  ["gradle's wrapper", { gradlew: "x", "build.gradle": "" }, undefined, "sh ./gradlew test"],
  ["maven's wrapper", { mvnw: "x", "pom.xml": "" }, undefined, "sh ./mvnw -B test"],
  [
    "Rails with minitest",
    { Gemfile: "", Rakefile: "", "test/a_test.rb": "" },
    "bundle install",
    "bundle exec rake test",
  ],
  ["RSpec", { Gemfile: "", "spec/a_spec.rb": "" }, "bundle install", "bundle exec rspec"],
  [
    "PHPUnit",
    { "composer.json": "{}", "phpunit.xml.dist": "" },
    "composer install --no-interaction",
    "vendor/bin/phpunit",
  ],
  [".NET", { "App.sln": "", "App/App.csproj": "" }, "dotnet restore", "dotnet test"],
  [
    "Elixir",
    { "mix.exs": "" },
    "mix local.hex --force && mix local.rebar --force && mix deps.get",
    "mix test",
  ],
];

test.each(PROJECTS)("the commands of %s are found", async (_, files, setup, command) => {
  expect(await commandsOf(files)).toEqual([["", setup, command]]);
});

test.each<[string, Files]>([
  ["a Makefile without tests", { Makefile: "test := x\nall:\n" }],
  ["Python that names no tests", { "pyproject.toml": "[project]\n" }],
  ["npm's own placeholder", { "package.json": '{"scripts":{"test":"echo \\"Error: no test specified\\""}}' }],
  ["a package.json that is no JSON", { "package.json": "{" }],
  ["a fixture", { "test/fixtures/a/package.json": manifest() }],
])("%s says nothing", async (_, files) => {
  expect(await commandsOf(files)).toEqual([]);
});

test("projects in folders below the top are found, and members of a workspace are its root's", async () => {
  const files = {
    "apps/web/package.json": manifest(),
    "apps/web/package-lock.json": "{}",
    "apps/web/lib/package.json": manifest(),
    "services/api/go.mod": "",
  };
  expect(await commandsOf(files)).toEqual([
    ["apps/web", "npm ci", "npm test"],
    ["services/api", undefined, "go test ./..."],
  ]);
});

describe("given commands", () => {
  const files = { "package.json": manifest(), "package-lock.json": "{}" };

  test("test everything, after what the files at the top install", async () => {
    const { parts } = await read(files, { setup: undefined, test: "sh ci/all.sh" });
    expect(parts.map(({ setup, test: command, covers }) => [setup, command, covers])).toEqual([
      ["npm ci", undefined, new Set(["JavaScript"])],
      [undefined, "sh ci/all.sh", undefined],
    ]);
  });

  test("install in the place of the files", async () => {
    const { parts } = await read(files, { setup: "sh ci/install.sh", test: undefined });
    expect(parts.map(({ setup, test: command }) => [setup, command])).toEqual([
      ["sh ci/install.sh", "npm test"],
    ]);
  });
});

describe("tests are chosen by the files of a change:", () => {
  const POLYGLOT = {
    "package.json": JSON.stringify({ scripts: { test: "echo js ok" } }),
    "requirements.txt": "django\npytest\n",
    "pytest.ini": "",
    "shop.py": "",
  };
  const chosen = async (files: Files, paths: readonly string[]) => {
    const { parts, tested, untested } = chooseParts((await read(files)).parts, paths);
    return [parts.map(({ test: command }) => command), tested, untested];
  };

  test("the script of another language does not test Python", async () => {
    expect(await chosen(POLYGLOT, ["shop.py"])).toEqual([["python -m pytest"], ["Python"], []]);
  });

  test("a language without tests is named, and the folder's tests run all the same", async () => {
    const { "pytest.ini": _, "requirements.txt": __, ...files } = POLYGLOT;
    expect(await chosen(files, ["shop.py", "a.ts"])).toEqual([["npm test"], ["JavaScript"], ["Python"]]);
  });

  test("a script that runs pytest covers Python", async () => {
    const files = {
      "package.json": JSON.stringify({ scripts: { test: "run-s js py", js: "jest", py: "pytest -q" } }),
    };
    expect(await chosen(files, ["shop.py"])).toEqual([["npm test"], ["Python"], []]);
  });

  test("a Makefile's target is followed to the runner", async () => {
    const files = { Makefile: "test: unit\nunit:\n\tbin/py-tests\n", "bin/py-tests": "exec pytest\n" };
    expect(await chosen(files, ["shop.py", "main.go"])).toEqual([["make test"], ["Python"], ["Go"]]);
  });

  test("settings are tested by all tests of the nearest folder", async () => {
    expect(await chosen(POLYGLOT, ["settings.yaml"])).toEqual([["npm test", "python -m pytest"], [], []]);
  });

  test("the nearest folder's tests run, and not those around it", async () => {
    const files = { "go.mod": "", "tools/go.mod": "" };
    const { parts } = chooseParts((await read(files)).parts, ["tools/a.go"]);
    expect(parts.map(({ folder }) => folder)).toEqual(["tools"]);
  });
});
