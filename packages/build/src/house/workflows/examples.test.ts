import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../repository.ts";
import { findUnpinned } from "./pinned-actions.ts";

const files = globSync("docs/examples/**/*.yml", { cwd: REPOSITORY });

test("there are examples", () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)("%s", (file) => {
  const text = readFileSync(join(REPOSITORY, file), "utf8");
  const workflow = parse(text) as { permissions: object };

  test("uses nothing that is not pinned, and grants nothing by default", () => {
    expect([findUnpinned(text), workflow.permissions]).toEqual([[], {}]);
  });
});
