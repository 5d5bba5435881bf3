import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunnerName } from "./case.ts";

/** How a project is set up and tested, and with which programs in front. */
export type Runner = { readonly setup?: string; readonly test: string; readonly path?: string };

const run = promisify(execFile);
const CACHE =
  process.env["PATCHPILOT_PROOF_CORPUS"] ?? join(homedir(), ".cache", "patchpilot", "proof-corpus");
const FILES = fileURLToPath(new URL("../runners", import.meta.url));
const LONGEST_INSTALL = 20 * 60_000;

/**
 * Installs what tests projects of a runner, once a machine: by the files in `runners`, each version of them in a folder
 * of the cache.
 * @throws Error where the toolchain is missing or the registry does not answer
 */
export async function installRunner(name: RunnerName): Promise<Runner> {
  switch (name) {
    case "vitest":
    case "jest": {
      const folder = await once(name, (own) => install("npm", ["install", "--no-audit", "--no-fund"], own));
      return { setup: `ln -sfn "${folder}/node_modules" node_modules`, test: "npm test" };
    }
    case "node":
      return { test: "npm test" };
    case "pytest": {
      const folder = await once(name, installPytest);
      return { test: "python -m pytest", path: join(folder, "venv", "bin") };
    }
    case "unittest":
      await install("python3", ["--version"], FILES);
      return { test: "python3 -m unittest" };
    case "go":
      await install("go", ["version"], FILES);
      return { test: "go test ./..." };
    case "cargo":
      await install("cargo", ["--version"], FILES);
      return { test: "cargo test --offline" };
    case "junit5":
    case "junit4":
      await once(name, (own) => install("mvn", ["--batch-mode", "--quiet", "test"], own));
      return { test: "mvn --offline --batch-mode test" };
    case "phpunit":
      await install("phpunit", ["--version"], FILES).catch(installPhp);
      return { test: "phpunit" };
  }
}

async function installPytest(folder: string): Promise<void> {
  await install("python3", ["-m", "venv", "venv"], folder);
  await install(
    join(folder, "venv", "bin", "pip"),
    ["install", "--quiet", "--requirement", "requirements.txt"],
    folder,
  );
}

/** Debian has PHP and PHPUnit; their registry of packages is not needed. */
async function installPhp(): Promise<void> {
  await install("apt-get", ["update", "-qq"], FILES);
  await install("apt-get", ["install", "-y", "-qq", "phpunit", "php-cli", "php-mbstring", "php-xml"], FILES);
}

async function install(program: string, args: readonly string[], cwd: string): Promise<void> {
  const bin = dirname(process.execPath);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}` };
  try {
    await run(program, args, { cwd, env, timeout: LONGEST_INSTALL, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")} failed: ${String(error).slice(0, 500)}`, { cause: error });
  }
}

/** Does an installation in a copy of a runner's files, unless it was done. */
async function once(name: RunnerName, work: (folder: string) => Promise<void>): Promise<string> {
  const files = join(FILES, name);
  const folder = join(CACHE, `${name}-${await hash(files)}`);
  const done = join(folder, "installed");
  if (
    await readFile(done).then(
      () => true,
      () => false,
    )
  )
    return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await cp(files, folder, { recursive: true });
  await work(folder);
  await writeFile(`${done}.part`, "");
  await rename(`${done}.part`, done);
  return folder;
}

async function hash(folder: string): Promise<string> {
  const sum = createHash("sha256");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) sum.update(path.slice(folder.length)).update(await readFile(path));
  return sum.digest("hex").slice(0, 12);
}
