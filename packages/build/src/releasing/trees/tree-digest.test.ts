import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestDist, digestFiles, formatSums } from "./tree-digest.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tree-"));
  mkdirSync(join(folder, "dist", "a"), { recursive: true });
  for (const path of ["dist/index.js", "dist/a/b.js", "dist/a-b.js", "dist/Z.js", "README.md"])
    writeFileSync(join(folder, path), path);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the digest of dist is what find, sort and sha256sum make of it", () => {
  const command = "find dist -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64";
  expect(digestDist(folder)).toBe(execFileSync("sh", ["-c", command], { cwd: folder }).toString().trim());
});

test("sha256sum accepts the sums", () => {
  const input = formatSums(digestFiles(folder));
  expect(() =>
    execFileSync("sh", ["-c", "sha256sum --check --strict"], { cwd: folder, input }),
  ).not.toThrow();
});

test("another byte gives another digest", () => {
  const before = digestDist(folder);
  writeFileSync(join(folder, "dist/index.js"), "dist/index.jS");
  expect(digestDist(folder)).not.toBe(before);
});
