import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";

/** The folder of the repair action's launcher: its source and, checked in, what it compiles to. */
export const LAUNCHER = join(REPOSITORY, "actions/repair/launcher");

/** Which source and which compiler the programs were made from, as `sha256sum --check` reads it. */
export const RECORD = join(LAUNCHER, "SHA256SUMS");

/** The programs, named after Node's names of processors, and the compiler's names. */
export const TARGETS = { "launcher-arm64": "aarch64-linux-musl", "launcher-x64": "x86_64-linux-musl" };

const FILES = ["launcher.c", "requirements.txt", ...Object.keys(TARGETS)];

export const makeRecord = (folder: string): string =>
  FILES.map((name) => `${sha256Of(join(folder, name))}  ${name}\n`).join("");

const sha256Of = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
