import { describe, expect, test } from "vitest";
import { changesDependencies, testedFile } from "./test-definitions.ts";

const judge = (path: string, commands: readonly string[] = []) =>
  testedFile({ path, base: "base\n", patched: "patched\n" }, commands).kind;

describe("a file that says how it is tested is the base's:", () => {
  const defining = [
    ..."Makefile GNUmakefile build/rules.mk justfile Rakefile tsconfig.json packages/a/tsconfig.test.json".split(
      " ",
    ),
    ..."vitest.config.ts packages/a/vite.config.mjs vitest.workspace.ts jest.config.js jest.config.integration.cjs".split(
      " ",
    ),
    ..."playwright.config.ts cypress.config.js karma.conf.js .mocharc.yml .nycrc .npmrc .yarnrc.yml".split(
      " ",
    ),
    ..."pnpm-workspace.yaml .pnpmfile.cjs .yarn/releases/yarn-4.cjs .husky/pre-commit pytest.ini tox.ini".split(
      " ",
    ),
    ..."phpunit.xml.dist .rspec .cargo/config.toml bunfig.toml turbo.json packages/a/project.json node_modules/.bin/vitest".split(
      " ",
    ),
  ];
  test.each(defining)("%s", (path) => {
    expect(judge(path)).toBe("replaced");
  });

  test("a shell script that a command names, and no other", () => {
    const commands = ["npm ci && ./ci/run.sh --fast"];
    expect(judge("ci/run.sh", commands)).toBe("replaced");
    expect([judge("ci/other.sh", commands), judge("run.sh", commands)]).toEqual(["patched", "patched"]);
  });

  test.each([
    ["script/test", "script/test"],
    ["ci/run-test.sh", "bash ci/run-test.sh"],
    ["scripts/test.mjs", "node ./scripts/test.mjs"],
    ["run_tests.py", "python run_tests.py -v"],
  ])("the program %s that a command names", (path, command) => {
    expect(judge(path, [command])).toBe("replaced");
  });
});

test.each([
  ["test/cart.test.js", "node --test test/cart.test.js"],
  ["tests/test_cart.py", "pytest tests/test_cart.py"],
  ["src/cart.js", "node src/cart.js --self-test"],
])("%s is tested as it is patched, though a command names it", (path, command) => {
  expect(judge(path, [command])).toBe("patched");
});

test.each([
  "conftest.py",
  "tests/conftest.py",
  "jest.setup.ts",
  "test-setup.js",
  "pom.xml",
  "setup.py",
  "babel.config.js",
])("%s helps tests: it stays as it is patched, and is named", (path) => {
  expect(judge(path)).toBe("told");
});

test.each([
  "src/cart.ts",
  "src/cart.test.ts",
  "tests/test_cart.py",
  "README.md",
  "src/vite.ts",
  "src/makefile.ts",
])("%s is tested as it is patched", (path) => {
  expect(judge(path)).toBe("patched");
});

describe("of a package.json", () => {
  const text = (value: unknown) => JSON.stringify(value);
  const keep = (base: unknown, patched: unknown) =>
    testedFile({ path: "package.json", base: text(base), patched: text(patched) }, []);

  test("scripts and the configuration of tests are the base's, dependencies are the patch's", () => {
    const base = { name: "a", scripts: { test: "vitest" }, dependencies: { x: "1" } };
    const patched = { name: "a", scripts: { test: "true" }, jest: {}, dependencies: { x: "2" } };
    const tested = keep(base, patched);
    expect(tested.kind === "replaced" && JSON.parse(tested.content ?? "")).toEqual({
      name: "a",
      dependencies: { x: "2" },
      scripts: { test: "vitest" },
    });
  });

  test("a new dependency alone is no change of tests", () => {
    const base = { scripts: { test: "vitest" } };
    expect(keep(base, { ...base, dependencies: { x: "2" } })).toEqual({ kind: "patched" });
  });

  test("one that is no JSON any more is the base's", () => {
    const file = { path: "package.json", base: "{}", patched: "{" };
    expect(testedFile(file, [])).toEqual({ kind: "replaced", content: "{}" });
  });
});

test("of a pyproject.toml the sections about tests are the base's", () => {
  const base = '[project]\nname = "a"\n\n[tool.pytest.ini_options]\naddopts = "-q"\n';
  const patched =
    '[project]\nname = "a"\ndependencies = ["b"]\n\n[tool.pytest.ini_options]\naddopts = "--co"\n\n[tool.ruff]\n';
  expect(testedFile({ path: "pyproject.toml", base, patched }, [])).toEqual({
    kind: "replaced",
    content:
      '[project]\nname = "a"\ndependencies = ["b"]\n\n[tool.ruff]\n\n[tool.pytest.ini_options]\naddopts = "-q"\n',
  });
  expect(testedFile({ path: "pyproject.toml", base, patched: base.replace('"a"', '"b"') }, []).kind).toBe(
    "patched",
  );
});

test("lockfiles and manifests decide what is installed", () => {
  const paths = ["package.json", "a/package.json", "pnpm-lock.yaml", "yarn.lock", "src/lock.ts"];
  expect(paths.map(changesDependencies)).toEqual([true, true, true, true, false]);
});
