import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Lint, lintWorkflows } from "./lint-workflows.ts";
import type { Finding } from "./run-linter.ts";
import { ZIZMOR } from "./zizmor.ts";

const BAD = "packages/build/src/house/workflows/lint/bad-workflow.yml";
const refused = ZIZMOR.mustFind.map((rule) => finding(BAD, rule));

function finding(file: string, rule: string): Finding {
  return { file, line: 7, rule, sentence: "a sentence" };
}

/** What is wrong, with one exception in the file and a linter that answers as given. */
function faultsOf(lint: Lint): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "lint-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "exceptions.yml"), "rules: {some: {ignore: [a.yml]}}\n");
  const linter = { ...ZIZMOR, exceptions: "exceptions.yml" };
  const results = lintWorkflows(linter, lint, ["a.yml", "b.yml"], folder, folder);
  return results.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
}

const isWhole = (exceptions: string): boolean => exceptions.endsWith("exceptions.yml");

test("nothing is wrong if the bad workflow alone is refused and the exception holds something back", () => {
  const faults = faultsOf(([first], exceptions) => {
    if (first === BAD) return refused;
    return isWhole(exceptions) ? [] : [finding("a.yml", "some")];
  });
  expect(faults).toEqual([]);
});

test("a finding fails its file", () => {
  const faults = faultsOf(([first], exceptions) => {
    if (first === BAD) return refused;
    const found = [finding("b.yml", "other")];
    return isWhole(exceptions) ? found : [...found, finding("a.yml", "some")];
  });
  expect(faults).toEqual(["zizmor b.yml: line 7: a sentence [other]"]);
});

test("an exception that holds nothing back fails", () => {
  const faults = faultsOf(([first]) => (first === BAD ? refused : []));
  expect(faults).toEqual([
    "zizmor needs the exception rules > some > ignore > a.yml: Nothing is found without it. Delete it from exceptions.yml.",
  ]);
});

test("a linter that finds nothing in the bad workflow fails, by each rule", () => {
  const faults = faultsOf((_, exceptions) => (isWhole(exceptions) ? [] : [finding("a.yml", "some")]));
  expect(faults).toEqual(
    ZIZMOR.mustFind.map((rule) => `zizmor refuses a bad workflow: It does not find ${rule} in ${BAD}.`),
  );
});
