import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";
import { findCommandLine } from "./install-agents.ts";

/** Writes a program that starts the installed agent, as the input `agent-path` wants one. @returns its path */
export function writeLauncher(name: PackagedAgent, folder: string): string {
  const path = join(folder, name);
  const words = findCommandLine(name).map((word) => `'${word}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`, { mode: 0o755 });
  return path;
}
