import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedFiles } from "../src/generating/generated-files.ts";
import { actionFiles, refuseName } from "../src/new-action/action-files.ts";
import { actionFolders, REPOSITORY } from "../src/repository.ts";

// In a folder of this repository, where the compiler and the tests find its packages; git ignores it.
const scratch = join(REPOSITORY, ".scratch");
mkdirSync(scratch, { recursive: true });
const root = mkdtempSync(join(scratch, "new-action-"));
const folder = join(root, "actions", "hello");

beforeAll(() => {
  for (const [path, text] of actionFiles("hello", "4.6.7")) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(REPOSITORY, "actions/impact/node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (tool: string, ...args: readonly string[]): string =>
  execFileSync(join(REPOSITORY, "node_modules/.bin", tool), args, { cwd: root, encoding: "utf8" });

test("a new action needs no package that the one beside it lacks", () => {
  const manifest = (path: string) =>
    (JSON.parse(readFileSync(path, "utf8")) as { dependencies: Record<string, string> }).dependencies;
  expect(manifest(join(REPOSITORY, "actions/impact/package.json"))).toMatchObject(
    manifest(join(folder, "package.json")),
  );
});

test("a new action's metadata and tables can be generated", async () => {
  const [metadata, readme] = await generatedFiles(folder);
  expect(metadata?.text).toContain("name: PatchPilot hello");
  expect(readme?.text).toContain("| `issues: read` |");
});

test("a new action has a badge that no other has, and a head that says what it needs", async () => {
  const [metadata, readme] = await generatedFiles(folder);
  const badge = /branding:\n {2}icon: (\S+)\n {2}color: (\S+)/;
  const others = actionFolders().map((each) => readFileSync(join(each, "action.yml"), "utf8"));
  expect(others.map((text) => badge.exec(text)?.[0])).not.toContain(badge.exec(metadata?.text ?? "")?.[0]);
  expect(readme?.text).toMatch(/^# PatchPilot hello\n\n[^\n]+\n\n<!-- generated:head -->\n\n- \*\*Part of:/);
  expect(readme?.text).toContain("- **Needs:** [`intake`](../intake)");
});

test("a new action's types are right", () => {
  const config = { extends: "../../tsconfig.json", include: ["actions/*/src"] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(config));
  expect(run("tsc", "--noEmit")).toBe("");
});

test("a new action's first test passes", async () => {
  const config = `export default ${JSON.stringify({ test: { name: "new" }, resolve: { conditions: ["source"] } })};\n`;
  writeFileSync(join(root, "vitest.config.mjs"), config);
  const report = join(root, "report.json");
  run("vitest", "run", "--reporter=json", `--outputFile=${report}`);
  expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
});

test.each([
  [undefined, "Name the action: `npm run new-action NAME`."],
  ["Hello", "An action is named by small letters and single hyphens"],
  ["../hello", "An action is named by small letters and single hyphens"],
  ["hello-", "An action is named by small letters and single hyphens"],
  ["impact", "actions/impact exists already; choose another name."],
])("the name %j is refused", (name, sentence) => {
  expect(refuseName(name, ["impact"])).toContain(sentence);
});

test("a name of two words is taken", () => {
  expect(refuseName("say-hello", ["impact"])).toBeUndefined();
});
