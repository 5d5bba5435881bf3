import { expect, test } from "vitest";
import { findProjectCommands, PROJECT_FILES } from "./find-commands.ts";

const find = (files: Readonly<Record<string, string>>) =>
  findProjectCommands(new Set(Object.keys(files)), async (name) => files[name]);
const manifest = (more: object = {}) => JSON.stringify({ scripts: { test: "vitest" }, ...more });

const projects: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  string | undefined,
  string | undefined,
])[] = [
  ["npm with a lockfile", { "package.json": manifest(), "package-lock.json": "" }, "npm ci", "npm test"],
  ["npm without one", { "package.json": manifest() }, undefined, "npm test"],
  [
    "pnpm",
    { "package.json": manifest(), "pnpm-lock.yaml": "" },
    "pnpm install --frozen-lockfile",
    "pnpm test",
  ],
  ["yarn 1", { "package.json": manifest(), "yarn.lock": "" }, "yarn install --frozen-lockfile", "yarn test"],
  [
    "yarn 4",
    { "package.json": manifest({ packageManager: "yarn@4.1.0" }), "yarn.lock": "" },
    "yarn install --immutable",
    "yarn test",
  ],
  ["a Makefile with tests", { Makefile: "all:\n\ntest: build\n\tgo test\n" }, undefined, "make test"],
  ["a Makefile without", { Makefile: "test := x\nall:\n" }, undefined, undefined],
  ["Go", { "go.mod": "" }, undefined, "go test ./..."],
  ["Rust", { "Cargo.toml": "" }, undefined, "cargo test"],
  ["pytest", { "pyproject.toml": "[tool.pytest.ini_options]\n" }, undefined, "python -m pytest"],
  ["Python that does not say", { "pyproject.toml": "[project]\n" }, undefined, undefined],
  [
    "npm's own placeholder",
    { "package.json": '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}' },
    undefined,
    undefined,
  ],
  ["a package.json that is no JSON", { "package.json": "{", "go.mod": "" }, undefined, "go test ./..."],
];

test.each(projects)("the commands of %s are found", async (_, files, setup, command) => {
  expect(await find(files)).toEqual({ setup, test: command });
});

test("commands that a person named count for more than the files", async () => {
  const names = new Set(["package.json", "package-lock.json"]);
  const given = { setup: undefined, test: "sh ci/all.sh" };
  expect(await findProjectCommands(names, async () => manifest(), given)).toEqual({
    setup: "npm ci",
    test: "sh ci/all.sh",
  });
});

test.each(projects)("for %s no file is asked for that is not among the project's files", async (_, files) => {
  const asked: string[] = [];
  const names = new Set(Object.keys(files));
  names.has = (name) => {
    asked.push(name);
    return name in files;
  };
  await findProjectCommands(names, async (name) => files[name]);
  expect(asked.filter((name) => !PROJECT_FILES.includes(name))).toEqual([]);
});
