import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { installLinters } from "./install-linters.ts";

test("a machine that lacks a package manager is told what to install", () => {
  const folder = mkdtempSync(join(tmpdir(), "linters-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(() => installLinters(folder, { PATH: folder })).toThrow(
    "zizmor could not be installed. It needs Python 3.11 or newer with pip, and PyPI. If pip is there, its message is above.",
  );
});
