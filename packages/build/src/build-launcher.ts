/**
 * `npm run build:launcher`: compiles the repair action's launcher and writes what it was made from into its record.
 * `--check` compares instead, byte for byte. Needs Linux on x64, python3 with pip, and PyPI, 90 MB.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAUNCHER, makeRecord, RECORD, TARGETS } from "./launcher/record.ts";

const FLAGS = ["-std=c11", "-static", "-Os", "-s", "-Wall", "-Wextra", "-Werror"];

const work = mkdtempSync(join(tmpdir(), "launcher-"));
try {
  const compiler = installCompiler();
  const built = Object.entries(TARGETS).map(([name, target]) => ({
    name,
    path: compile(compiler, name, target),
  }));
  process.exitCode = process.argv.includes("--check") ? compare(built) : keep(built);
} finally {
  rmSync(work, { recursive: true });
}

/** @returns the path of the compiler */
function installCompiler(): string {
  const folder = join(work, "compiler");
  const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", folder];
  const requirements = join(LAUNCHER, "requirements.txt");
  execFileSync("python3", [...pip, "--requirement", requirements], { stdio: "inherit" });
  return join(folder, "ziglang", "zig");
}

function compile(compiler: string, name: string, target: string): string {
  const path = join(work, name);
  const caches = { ZIG_LOCAL_CACHE_DIR: join(work, "cache"), ZIG_GLOBAL_CACHE_DIR: join(work, "cache") };
  const source = join(LAUNCHER, "launcher.c");
  execFileSync(compiler, ["cc", "-target", target, ...FLAGS, "-o", path, source], {
    env: { PATH: process.env["PATH"], ...caches },
    stdio: "inherit",
  });
  return path;
}

type Built = { readonly name: string; readonly path: string };

function keep(built: readonly Built[]): number {
  for (const { name, path } of built) copyFileSync(path, join(LAUNCHER, name));
  writeFileSync(RECORD, makeRecord(LAUNCHER));
  return 0;
}

function compare(built: readonly Built[]): number {
  const others = built.filter(
    ({ name, path }) => !readFileSync(path).equals(readFileSync(join(LAUNCHER, name))),
  );
  for (const { name } of others) console.error(`${name} is not what launcher.c compiles to.`);
  if (others.length === 0) console.log(`${built.length} launchers are what launcher.c compiles to.`);
  return others.length;
}
