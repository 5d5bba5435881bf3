import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Who is root may write everywhere; the test is another account's then. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test("takes write-protected folders away, as Go leaves them, and nothing that a link leads to", () => {
  const root = mkdtempSync(join(tmpdir(), "remove-folders-"));
  made.push(root);
  chmodSync(root, 0o777);
  mkdirSync(join(root, "elsewhere"));
  const script = [
    `const { mkdirSync, writeFileSync, chmodSync, symlinkSync } = await import("node:fs");`,
    `mkdirSync("cache/mod/pkg", { recursive: true });`,
    `writeFileSync("cache/mod/pkg/file.go", "package pkg");`,
    `symlinkSync("../../elsewhere", "cache/mod/link");`,
    `for (const folder of ["cache/mod/pkg", "cache/mod"]) chmodSync(folder, 0o555);`,
    `const { removeFolders } = await import(${JSON.stringify(join(import.meta.dirname, "remove-folders.ts"))});`,
    `await removeFolders(["cache", "never-was"]);`,
  ].join("\n");
  execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root, ...SOMEBODY });
  expect([existsSync(join(root, "cache")), existsSync(join(root, "elsewhere"))]).toEqual([false, true]);
});
