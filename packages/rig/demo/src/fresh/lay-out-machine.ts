import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { REPOSITORY } from "@patchpilot/build/repository";
import type { Combination } from "./combinations.ts";
import { freshEnvironment, NPM_SETTINGS } from "./fresh-environment.ts";

/** Where README.md says that PatchPilot lives; this clone stands in for it. */
const ADDRESS = "https://github.com/patchpilot/patchpilot";

/** A machine on which nothing was prepared: a folder to work in, and what its processes see. */
export type FreshMachine = { readonly work: string; readonly env: Record<string, string> };

/** @param folder an empty one, which will hold all of it */
export function layOutMachine(folder: string, combination: Combination | "own"): FreshMachine {
  const folders = {
    home: join(folder, "home"),
    temporary: join(folder, "tmp"),
    binaries: join(folder, "bin"),
    work: join(folder, "work"),
  };
  for (const path of Object.values(folders)) mkdirSync(path);
  const tools = combination === "own" ? ownTools() : fetchTools(join(folder, "tools"), combination);
  for (const [name, path] of Object.entries(tools)) symlinkSync(path, join(folders.binaries, name));
  const gitConfig = join(folder, "gitconfig");
  writeFileSync(
    gitConfig,
    `[url "${REPOSITORY}"]\n\tinsteadOf = ${ADDRESS}\n[safe]\n\tdirectory = ${REPOSITORY}\n\tdirectory = ${REPOSITORY}/.git\n`,
  );
  return { work: folders.work, env: freshEnvironment(process.env, npmSettings(), { ...folders, gitConfig }) };
}

/** This machine's own, and not what is installed in this clone. */
function ownTools(): Record<string, string> {
  return Object.fromEntries(["node", "npm", "npx", "git"].map((name) => [name, find(name)]));
}

/** The version of this machine's own Node. */
export function ownNode(): string {
  return run(find("node"), ["--version"]).replace(/^v/, "");
}

function fetchTools(folder: string, { node, npm }: Combination): Record<string, string> {
  const name = `node-linux-${process.arch}`;
  mkdirSync(folder);
  const options = ["--silent", "--no-audit", "--no-fund", "--prefix", folder];
  run(find("npm"), ["install", ...options, `${name}@${node}`, `npm@${npm}`]);
  const installed = join(folder, "node_modules");
  return {
    node: join(installed, name, "bin/node"),
    npm: join(installed, "npm/bin/npm-cli.js"),
    npx: join(installed, "npm/bin/npx-cli.js"),
    git: find("git"),
  };
}

function npmSettings(): Map<string, string> {
  const values = NPM_SETTINGS.map(
    (name) => [name, run(find("npm"), ["config", "get", name]).trim()] as const,
  );
  return new Map(values.filter(([, value]) => value !== "" && value !== "null" && value !== "undefined"));
}

function find(name: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((path) => !path.startsWith(REPOSITORY));
  const found = folders.map((path) => join(path, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not in PATH.`);
  return found;
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", cwd: REPOSITORY });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout;
}
