import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

const git = (...words: readonly string[]): string =>
  execFileSync("git", words, { cwd: ROOT, encoding: "utf8" }).trim();

/** The last commit of these files; undefined if they have changes that no commit holds. */
export const measuredState = (paths: readonly string[]): string | undefined =>
  git("status", "--porcelain", "--", ...paths) === ""
    ? git("log", "-1", "--format=%H", "--", ...paths)
    : undefined;
