import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  describeInstallation,
  type PackagedAgent,
  PINNED_VERSIONS,
} from "@patchpilot/action-repair/agents/install";

/** The real agents under test. */
export const REAL_AGENTS = Object.keys(PINNED_VERSIONS) as PackagedAgent[];

/** Half a gigabyte, kept outside of the tree from one run to the next. */
export const AGENT_PACKAGES =
  process.env["PATCHPILOT_AGENTS"] ?? join(homedir(), ".cache", "patchpilot", "agents");

const findFolder = (name: PackagedAgent): string => join(AGENT_PACKAGES, `${name}-${PINNED_VERSIONS[name]}`);

/** Where ripgrep is, which OpenCode wants in PATH unless it was installed with it by the action. */
export const RIPGREP_FOLDER = join(
  findFolder("opencode"),
  ...["node_modules", "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin"],
);

/** How the installed agent is started. */
export const findCommandLine = (name: PackagedAgent): readonly [string, ...string[]] =>
  describeInstallation(name, { folder: findFolder(name), node: process.execPath }).commandLine;

/** Before the first test: installs what is not there yet, and asks no registry otherwise. */
export function setup(): void {
  REAL_AGENTS.forEach(installAgent);
}

/** Installs an agent if it is not there yet, as the action would. */
export function installAgent(name: PackagedAgent): void {
  const folder = findFolder(name);
  const finished = join(folder, "installed");
  if (existsSync(finished)) return;
  mkdirSync(folder, { recursive: true });
  const { command, args } = describeInstallation(name, { folder, node: process.execPath });
  execFileSync(command, args, { cwd: folder, stdio: "inherit" });
  writeFileSync(finished, "");
}
