import { readdirSync } from "node:fs";
import { findToolPlace } from "@patchpilot/project";
import { isPointer } from "./fold-repositories.ts";
import type { LeftOut } from "./left-out.ts";
import { bytePath, describeStamp, lookAtFile } from "./look-at-file.ts";
import type { Vault } from "./vault.ts";

/** Entries of one ignored folder that are listed one by one; a folder with more counts as one. */
const MOST_ENTRIES = 5_000;

/**
 * Lists what the base commit ignores. Folders that tools make are not looked into.
 * @param index that holds what is known
 */
export async function listIgnored(vault: Vault, index: string): Promise<Map<string, LeftOut>> {
  const args = [
    "ls-files",
    "-z",
    "--others",
    "--ignored",
    "--directory",
    `--exclude-from=${vault.ignoreFile}`,
  ];
  const listed = (await vault.gitOn(index)(args)).toString("latin1").split("\0").slice(0, -1);
  return new Map(listed.flatMap((path) => lookInto(vault.workTree, path)));
}

function lookInto(workTree: string, path: string): [string, LeftOut][] {
  const named = path.replace(/\/$/, "");
  if (findToolPlace(named) !== undefined) return [[path, { kind: "tool", named, stamp: "" }]];
  if (!path.endsWith("/") || isPointer(workTree, named)) return [[path, describeIgnored(workTree, path)]];
  const below = listBelow(workTree, path);
  if (below === undefined) return [[path, { kind: "ignored", named, stamp: "" }]];
  return below.map((each) => [
    each,
    findToolPlace(each) !== undefined ? { kind: "tool", named, stamp: "" } : describeIgnored(workTree, each),
  ]);
}

const describeIgnored = (workTree: string, path: string): LeftOut => ({
  kind: "ignored",
  named: path,
  stamp: describeStamp(lookAtFile(workTree, path)),
});

/** @returns the files and work trees below a folder, links not followed; undefined where there are too many */
function listBelow(workTree: string, folder: string): string[] | undefined {
  const files: string[] = [];
  const folders = [folder];
  for (let at = 0; at < folders.length; at += 1) {
    const here = folders[at] ?? "";
    for (const entry of readFolder(workTree, here)) {
      const path = `${here}${entry.name}`;
      if (!entry.isDirectory()) files.push(path);
      else if (isPointer(workTree, path)) files.push(`${path}/`);
      else folders.push(`${path}/`);
    }
    if (files.length + folders.length > MOST_ENTRIES) return undefined;
  }
  return files;
}

function readFolder(workTree: string, folder: string) {
  try {
    return readdirSync(bytePath(workTree, folder), { withFileTypes: true, encoding: "latin1" });
  } catch {
    return [];
  }
}
