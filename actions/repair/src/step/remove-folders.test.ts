import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";

/** Who is root may write everywhere; the test is another account's then. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test("takes write-protected folders away, as Go leaves them, and nothing that a link leads to", () => {
  const root = makeScratchFolder();
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
