import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { describeInputs } from "../../generating/describe-contract.ts";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";
import { findUnpinned } from "./pinned-actions.ts";

type Step = { uses: string; with?: Record<string, string> };
const files = globSync("docs/examples/*.yml", { cwd: REPOSITORY });

test("there are examples", () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)("%s", (file) => {
  const text = readFileSync(join(REPOSITORY, file), "utf8");
  const workflow = parse(text) as { permissions: object; jobs: Record<string, { steps: Step[] }> };

  test("uses nothing that is not pinned, and grants nothing by default", () => {
    expect([findUnpinned(text), workflow.permissions]).toEqual([[], {}]);
  });

  test("passes no input that its actions do not have", async () => {
    for (const step of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) {
      const action = /^patchpilot\/([\w-]+)@v1$/.exec(step.uses)?.[1];
      if (action === undefined) continue;
      const names = describeInputs(await loadContract(join(REPOSITORY, "actions", action)));
      expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
  });
});
