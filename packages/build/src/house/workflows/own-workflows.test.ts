import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../repository.ts";
import { findUnpinned } from "./pinned-actions.ts";

type Job = { permissions?: Record<string, string>; "timeout-minutes"?: number | string };
const files = globSync(".github/workflows/*.yml", { cwd: REPOSITORY });

describe.each(files)("%s", (file) => {
  const text = readFileSync(join(REPOSITORY, file), "utf8");
  const workflow = parse(text) as { permissions: object; jobs: Record<string, Job> };

  test("pins every action to a commit and says its version", () => {
    expect(findUnpinned(text)).toEqual([]);
  });

  test("grants nothing by default, and every job names its permissions and its time", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeDefined();
      expect(String(job["timeout-minutes"])).toMatch(/^([1-9]\d*|\$\{\{ inputs\.timeout-minutes \}\})$/);
    }
  });
});
