/**
 * `npm run test:workflows`: checks the workflows that we run and those that users copy with zizmor and actionlint,
 * which it installs on first use. Exceptions and their reasons are in .github/zizmor.yml and .github/actionlint.yaml.
 */
import { join } from "node:path";
import { ACTIONLINT } from "./house/workflows/lint/actionlint.ts";
import { installLinters } from "./house/workflows/lint/install-linters.ts";
import { type LintResult, lintWorkflows } from "./house/workflows/lint/lint-workflows.ts";
import { listWorkflows } from "./house/workflows/lint/list-workflows.ts";
import { runLinter } from "./house/workflows/lint/run-linter.ts";
import { ZIZMOR } from "./house/workflows/lint/zizmor.ts";
import { REPOSITORY } from "./repository.ts";

const scratch = join(REPOSITORY, ".scratch");
try {
  const programs = installLinters(scratch);
  const files = listWorkflows(REPOSITORY);
  print(
    [ZIZMOR, ACTIONLINT].flatMap((linter) =>
      lintWorkflows(
        linter,
        (some, exceptions) => runLinter(linter, programs[linter.name], REPOSITORY, some, exceptions),
        files,
        REPOSITORY,
        scratch,
      ),
    ),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function print(results: readonly LintResult[]): void {
  for (const { name, faults } of results) {
    console.log(`${faults.length === 0 ? "ok    " : "FAILED"} ${name}`);
    for (const fault of faults) console.log(`         ${fault}`);
  }
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
