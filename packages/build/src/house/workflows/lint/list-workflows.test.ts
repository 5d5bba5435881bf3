import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../repository.ts";
import { readPageWorkflows } from "./list-workflows.ts";

/** Every workflow that users copy. */
const copied = {
  ...readPageWorkflows(REPOSITORY),
  ...Object.fromEntries(
    globSync(["actions/*/templates/*.yml", "docs/examples/**/*.yml"], { cwd: REPOSITORY }).map((file) => [
      file,
      readFileSync(join(REPOSITORY, file), "utf8"),
    ]),
  ),
};

test("every page that shows a workflow is read, by the page's path and the workflow's name", () => {
  expect(Object.keys(readPageWorkflows(REPOSITORY))).toEqual(
    expect.arrayContaining(["README.md/patchpilot.yml", "actions/propose/README.md/patchpilot-propose.yml"]),
  );
});

const queued = Object.entries(copied).filter(([, text]) => text.includes("queue: max"));

test.each(queued)("%s tells those whose actionlint would stop at `queue: max` what to do", (_, text) => {
  expect(text).toMatch(/# actionlint .* -ignore 'unexpected key "queue"'\.\n +queue: max\n/);
});
