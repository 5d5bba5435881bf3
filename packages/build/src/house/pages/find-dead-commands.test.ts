import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { findAbsentPrograms, findDeadCommands, isForDevelopers } from "./find-dead-commands.ts";
import { readTexts } from "./read-texts.ts";

const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

test("the pages for developers name only commands that a fresh machine has", () => {
  const pages = readTexts(REPOSITORY).filter(isForDevelopers);
  expect(pages.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["AGENTS.md", "CONTRIBUTING.md", "packages/action-kit/README.md"]),
  );
  expect(findDeadCommands(pages, Object.keys(scripts))).toEqual([]);
});

test("every npm script starts only what `npm run setup` installs", () => {
  const installed = readdirSync(join(REPOSITORY, "node_modules", ".bin"));
  expect(findAbsentPrograms(scripts, installed)).toEqual([]);
});

test.each([
  ["`pnpm build`", "names pnpm build."],
  ["```\npnpm bench:verdicts --seed 7\n```", "names pnpm bench:verdicts."],
  ["Run `npx pnpm@12.21.0 install` first.", "names npx pnpm@12.21.0 install."],
  ["`npx vitest run --project unit`", "names npx vitest run."],
  ["`npm run biuld`", "names npm run biuld, which package.json does not have."],
])("%j is found", (text, fault) => {
  expect(findDeadCommands([{ path: "A.md", text }], ["build"])).toEqual([`A.md ${fault}`]);
});

test.each(["`npm run build -- --force`", "`pnpm-lock.yaml`"])("%j is left alone", (text) => {
  expect(findDeadCommands([{ path: "A.md", text }], ["build"])).toEqual([]);
});

test.each([
  ["pnpm build && vitest", "`npm run x` starts pnpm."],
  ["A=1 turbo run build", "`npm run x` starts turbo."],
])("a script %j is found", (script, fault) => {
  expect(findAbsentPrograms({ x: script }, ["vitest", "turbo"])).toEqual([fault]);
});
