import { describe, expect, test } from "vitest";
import { spellOutProject } from "./spell-out-project.ts";
import { judgeTestRole } from "./test-role.ts";
import { baseFiles } from "./testing/base-files.ts";
import { BASE_FILES, CHANGED_FILES } from "./testing/changed-files.ts";

const spelt = await spellOutProject([{ folder: "", command: "npm test" }], baseFiles(BASE_FILES));

test.each(CHANGED_FILES)("$path has the role $role", ({ role, ...file }) => {
  expect(judgeTestRole(file, spelt).kind).toBe(role);
});

const roleOf = (path: string, commands: readonly string[] = []) =>
  judgeTestRole({ path, base: "base\n", patched: "patched\n" }, commands).kind;

test("a shell script that a command names defines the tests, and no other", () => {
  const commands = ["npm ci && ./ci/run.sh --fast"];
  const paths = ["ci/run.sh", "ci/other.sh", "run.sh"];
  expect(paths.map((path) => roleOf(path, commands))).toEqual(["definition", "none", "none"]);
});

test.each([
  ["script/test", "script/test"],
  ["gradlew", "./gradlew test"],
  ["ci/run-test.sh", "bash ci/run-test.sh"],
  ["scripts/test.mjs", "node ./scripts/test.mjs"],
  ["run_tests.py", "python run_tests.py -v"],
])("the program %s that a command names defines the tests", (path, command) => {
  expect(roleOf(path, [command])).toBe("definition");
});

test.each([
  ["test/cart.test.js", "node --test test/cart.test.js"],
  ["tests/test_cart.py", "pytest tests/test_cart.py"],
  ["src/cart.js", "node src/cart.js --self-test"],
])("%s is what is tested, though a command names it", (path, command) => {
  expect(roleOf(path, [command])).toBe("none");
});

describe("of a package.json", () => {
  const text = (value: unknown) => JSON.stringify(value);
  const keep = (base: unknown, patched: unknown) =>
    judgeTestRole({ path: "package.json", base: text(base), patched: text(patched) }, []);

  test("scripts and the configuration of tests are the base's, dependencies are the patch's", () => {
    const base = { name: "a", scripts: { test: "vitest" }, dependencies: { x: "1" } };
    const patched = { name: "a", scripts: { test: "true" }, jest: {}, dependencies: { x: "2" } };
    const role = keep(base, patched);
    expect(role.kind === "definition" && JSON.parse(role.content ?? "")).toEqual({
      name: "a",
      dependencies: { x: "2" },
      scripts: { test: "vitest" },
    });
  });

  test("a new dependency alone is no change of tests", () => {
    const base = { scripts: { test: "vitest" } };
    expect(keep(base, { ...base, dependencies: { x: "2" } })).toEqual({ kind: "none" });
  });

  test("one that is no JSON any more is the base's", () => {
    const file = { path: "package.json", base: "{}", patched: "{" };
    expect(judgeTestRole(file, [])).toEqual({ kind: "definition", content: "{}" });
  });
});

test("of a pyproject.toml the sections about tests are the base's", () => {
  const base = '[project]\nname = "a"\n\n[tool.pytest.ini_options]\naddopts = "-q"\n';
  const patched =
    '[project]\nname = "a"\ndependencies = ["b"]\n\n[tool.pytest.ini_options]\naddopts = "--co"\n\n[tool.ruff]\n';
  expect(judgeTestRole({ path: "pyproject.toml", base, patched }, [])).toEqual({
    kind: "definition",
    content:
      '[project]\nname = "a"\ndependencies = ["b"]\n\n[tool.ruff]\n\n[tool.pytest.ini_options]\naddopts = "-q"\n',
  });
  expect(judgeTestRole({ path: "pyproject.toml", base, patched: base.replace('"a"', '"b"') }, []).kind).toBe(
    "none",
  );
});

describe("of a tsconfig.json", () => {
  const judge = (base: string | undefined, patched: string | undefined) =>
    judgeTestRole({ path: "tsconfig.json", base, patched }, []);
  const BASE = '{\n  // Strict.\n  "compilerOptions": { "strict": true, "lib": ["es2022"] },\n}\n';

  test("a newer `lib` or `target` is the patch's, and no change of tests", () => {
    const patched = '{"compilerOptions":{"strict":true,"lib":["es2023"],"target":"es2023"}}';
    expect(judge(BASE, patched)).toEqual({ kind: "none" });
  });

  test.each([
    ["strict", '{"compilerOptions":{"strict":false,"lib":["es2023"]}}'],
    ["what is left out", '{"compilerOptions":{"strict":true,"lib":["es2023"]},"exclude":["src"]}'],
    ["another base", '{"extends":"./loose.json","compilerOptions":{"strict":true,"lib":["es2023"]}}'],
  ])("%s is the base's, and `lib` beside it the patch's", (_, patched) => {
    const role = judge(BASE, patched);
    expect(role.kind === "definition" && JSON.parse(role.content ?? "")).toEqual({
      compilerOptions: { strict: true, lib: ["es2023"] },
    });
  });

  test("how modules are found is the patch's, and tests notice", () => {
    const patched = '{"compilerOptions":{"lib":["es2022"],"strict":true,"types":["node"]}}';
    expect(judge(BASE, patched)).toEqual({ kind: "helper" });
  });

  test.each([
    ["is new", undefined, "{}"],
    ["is gone", BASE, undefined],
    ["is no JSON", BASE, "{"],
  ])("one that %s is the base's", (_, base, patched) => {
    expect(judge(base, patched)).toEqual({ kind: "definition", content: base });
  });
});

describe("of a pnpm-workspace.yaml", () => {
  const judge = (patched: string) =>
    judgeTestRole({ path: "pnpm-workspace.yaml", base: "packages:\n  - a\ncatalog:\n  x: 1\n", patched }, []);

  test("catalogs and overrides are the patch's", () => {
    const patched = "packages: [a]\ncatalog: {x: 2}\noverrides: {y: 3}\n";
    expect(judge(patched)).toEqual({ kind: "none" });
  });

  test("members and other settings are the base's", () => {
    expect(judge("packages: []\ncatalog:\n  x: 2\nnodeLinker: hoisted\n")).toEqual({
      kind: "definition",
      content: "packages:\n  - a\ncatalog:\n  x: 2\n",
    });
  });
});
