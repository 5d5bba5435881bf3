import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listExceptions } from "./list-exceptions.ts";
import { nameWorkflow } from "./list-workflows.ts";
import type { Finding, Linter } from "./run-linter.ts";

/** One thing that was checked; it passed if there is no fault. */
export type LintResult = { readonly name: string; readonly faults: readonly string[] };

/** A linter's answer about files, with the exceptions of the file that has this path. */
export type Lint = (files: readonly string[], exceptions: string) => readonly Finding[];

const BAD_WORKFLOW = "packages/build/src/house/workflows/lint/bad-workflow.yml";

/**
 * Checks every workflow with one linter, and the linter itself: it must refuse a bad workflow, and need each of its
 * exceptions.
 * @param scratch folder for files of exceptions
 */
export function lintWorkflows(
  linter: Linter,
  lint: Lint,
  files: readonly string[],
  repository: string,
  scratch: string,
): readonly LintResult[] {
  const exceptions = join(repository, linter.exceptions);
  const found = lint(files, exceptions);
  const withoutOne = join(scratch, `${linter.name}-without-one.yml`);
  return [
    judgeBadWorkflow(linter, lint([BAD_WORKFLOW], exceptions)),
    ...files.map((file) => judgeFile(linter, file, found)),
    ...listExceptions(readFileSync(exceptions, "utf8")).map(({ name, without }) => {
      writeFileSync(withoutOne, without);
      return judgeException(linter, name, lint(files, withoutOne).length - found.length);
    }),
  ];
}

function judgeBadWorkflow({ name, mustFind }: Linter, found: readonly Finding[]): LintResult {
  const missing = mustFind.filter(
    (rule) => !found.some(({ file, ...finding }) => file === BAD_WORKFLOW && finding.rule === rule),
  );
  return {
    name: `${name} refuses a bad workflow`,
    faults: missing.map((rule) => `It does not find ${rule} in ${BAD_WORKFLOW}.`),
  };
}

function judgeFile({ name }: Linter, file: string, found: readonly Finding[]): LintResult {
  return {
    name: `${name} ${nameWorkflow(file)}`,
    faults: found
      .filter((finding) => finding.file === file)
      .map(({ line, rule, sentence }) => `line ${line}: ${sentence} [${rule}]`),
  };
}

/** @param more findings that appear without it */
function judgeException({ name, exceptions }: Linter, exception: string, more: number): LintResult {
  return {
    name: `${name} needs the exception ${exception}`,
    faults: more > 0 ? [] : [`Nothing is found without it. Delete it from ${exceptions}.`],
  };
}
