import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { beforeEach, expect, test } from "vitest";
import { serverPorts } from "./server-ports.ts";

let folder: string;
beforeEach(() => {
  folder = makeScratchFolder();
});

test.each([
  ["20000\t30000\n", [20_000, 30_000]],
  ["1 65535\n", [32_768, 60_999]],
  ["", [32_768, 60_999]],
])("a machine that says %j lets its servers be reached, and none below 1024", (said, given) => {
  const path = join(folder, "range");
  writeFileSync(path, said);
  expect(serverPorts(path)).toEqual([[1024, 9999], given]);
});

test("a machine that says nothing is taken for Linux as it comes", () => {
  expect(serverPorts(join(folder, "missing"))).toEqual([
    [1024, 9999],
    [32_768, 60_999],
  ]);
});
