import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { ReleaseSource } from "../release-source.ts";
import { isRewritten, rewriteForOwner, rewriteForUsers, type Texts } from "./monorepo-texts.ts";
import type { Pin, Pins } from "./references.ts";

/**
 * Writes the owner into a checkout of the source commit, and pins every action that the repair workflow uses.
 * @param folder holds what git tracks and nothing else
 * @throws Error if an action has no pin
 */
export function writeMonorepo(source: ReleaseSource, pins: Pins, folder: string): void {
  write(folder, rewriteForOwner(readTexts(folder), source, pins));
}

/** Pins what users copy: actions, and the repair workflow of the first commit. */
export function pinPages(source: ReleaseSource, pins: Pins, workflow: Pin, folder: string): void {
  write(folder, rewriteForUsers(readTexts(folder), source, pins, workflow));
}

function readTexts(folder: string): Texts {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  const texts = paths
    .filter((path) => isRewritten(path))
    .map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);
  // A file with a zero byte is no text.
  return Object.fromEntries(texts.filter(([, text]) => !text.includes("\0")));
}

function write(folder: string, texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
}
