import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeProgram } from "./filter.ts";
import type { Granted } from "./granted-paths.ts";
import { type Handled, READ } from "./landlock.ts";
import { commandFilter } from "./refused-calls.ts";
import type { Architecture } from "./system-calls.ts";

/**
 * The launcher beside action.yml, wherever this code runs from: `src`, `lib` or the bundle in `dist`.
 * @returns undefined for a processor that it is not built for
 */
export function launcherFor(architecture: string, from: string = import.meta.dirname): string | undefined {
  const path = join(from, "launcher", `launcher-${architecture}`);
  if (existsSync(path)) return path;
  return dirname(from) === from ? undefined : launcherFor(architecture, dirname(from));
}

/** The first and the last of some ports. */
export type LandlockPorts = readonly [from: number, to: number];

/** What a command gets from Landlock. */
export type Grants = Granted & {
  /** Ports that may be connected to. Each is a rule, and 60,000 of them take longer than all else. */
  readonly ports: readonly LandlockPorts[];
};

/** The launcher's arguments before the command. */
export function launcherArguments(architecture: Architecture, handled: Handled, grants: Grants): string[] {
  const { fs, net, scoped } = handled;
  return [
    ...[fs, net, scoped].map(hexadecimal),
    formatProgram(encodeProgram(commandFilter(architecture))),
    ...grants.read.map((path) => `${hexadecimal(READ)}:${path}`),
    ...grants.write.map((path) => `${hexadecimal(fs)}:${path}`),
    ...grants.ports.map((ports) => ports.map(hexadecimal).join("-")),
    "--",
  ];
}

const hexadecimal = (value: number): string => value.toString(16);

/** An instruction as one number, the way the launcher takes it. */
const formatProgram = (program: Buffer): string =>
  Array.from({ length: program.length / 8 }, (_, at) =>
    program
      .readBigUInt64LE(at * 8)
      .toString(16)
      .padStart(16, "0"),
  ).join("");
