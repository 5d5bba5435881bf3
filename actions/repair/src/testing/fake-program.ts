import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";

/** Puts a bash script in the place of a program. Returns the `PATH` that finds it first. */
export function putFakeProgram(folder: string, name: string, script: readonly string[]): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, name), ["#!/bin/bash", ...script, ""].join("\n"), { mode: 0o755 });
  return `${bin}:${machineVariables()["PATH"]}`;
}
