import type { Stats } from "node:fs";
import { findToolLeftovers } from "@patchpilot/project";
import { foldRepositories } from "./fold-repositories.ts";
import { FILTER_ATTRIBUTE } from "./gather-rules.ts";
import type { LeftOut, LeftOutKind } from "./left-out.ts";
import { describeStamp, lookAtFile, readBeginning } from "./look-at-file.ts";
import { foldersAbove, type Vault } from "./vault.ts";

/** Paths of a work tree that differ from an index. A folder with its own repository ends in a slash. */
export type Differing = { readonly workTree: string; readonly paths: readonly string[] };

/** What becomes of each: it is taken as a change, as a removal, or left out. */
export type Sorted = {
  readonly kept: readonly string[];
  readonly gone: readonly string[];
  readonly leftOut: ReadonlyMap<string, LeftOut>;
};

const MEBIBYTE = 1024 * 1024;

/** Files that no patch could carry. */
const MOST_FILES = 20_000;

/**
 * The one rule of what an agent can have changed: plain files that git stores as they are, and that no tool made for
 * itself. What it keeps is refused later for nothing but what is in it.
 * @param mostSize MiB of the largest file that is taken
 */
export async function sortFiles(
  vault: Vault,
  { workTree, paths: all }: Differing,
  mostSize: number,
): Promise<Sorted> {
  const leftOut = new Map<string, LeftOut>();
  const paths = foldRepositories(vault, workTree, all);
  const rest = leaveToolsOut(vault, { workTree, paths }, leftOut);
  const filtered = await findFiltered(vault, rest);
  const sorted = { kept: [] as string[], gone: [] as string[] };
  for (const path of rest) {
    const found = lookAtFile(workTree, path);
    const kind = judgeFile(vault, path, found, filtered.has(path), mostSize);
    if (kind === "kept" || kind === "gone") sorted[kind].push(path);
    else leftOut.set(path, { kind, named: path, stamp: describeStamp(found) });
  }
  return { ...sorted, kept: leaveBulkOut(vault, sorted.kept, leftOut), leftOut };
}

function leaveToolsOut(
  vault: Vault,
  { workTree, paths }: Differing,
  leftOut: Map<string, LeftOut>,
): string[] {
  const fresh = paths.filter((path) => !vault.entries.has(path));
  const found = findToolLeftovers(
    fresh.map((path) => path.replace(/\/$/, "")),
    {
      isFolderOnBase: (folder) => vault.folders.has(folder),
      namesIn: indexNames([...vault.entries.keys()], fresh),
      readText: (path) => readBeginning(workTree, path, 4_096)?.toString("latin1"),
    },
  );
  return paths.filter((path) => {
    const named = vault.entries.has(path) ? undefined : found.get(path.replace(/\/$/, ""));
    if (named !== undefined) leftOut.set(path, { kind: "tool", named, stamp: "" });
    return named === undefined;
  });
}

/** Names by the folder that they are in, read only where somebody asks. */
function indexNames(...lists: readonly (readonly string[])[]): (folder: string) => Iterable<string> {
  let names: Map<string, Set<string>> | undefined;
  return (folder) => {
    names ??= readNames(lists.flat());
    return names.get(folder) ?? [];
  };
}

function readNames(paths: readonly string[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const at = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(0, at));
    names.set(folder, (names.get(folder) ?? new Set()).add(path.slice(at + 1)));
  }
  return names;
}

/** Paths whose content a filter makes of another one. */
async function findFiltered(vault: Vault, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (!vault.hasFilters || paths.length === 0) return new Set();
  const input = Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
  const said = await vault.gitAside("attributes.index")(
    ["check-attr", "-z", "--stdin", FILTER_ATTRIBUTE],
    input,
  );
  const fields = said.toString("latin1").split("\0");
  const values = paths.map((_, at) => fields[3 * at + 2] ?? "");
  return new Set(paths.filter((_, at) => !["unspecified", "unset", "set"].includes(values[at] ?? "unset")));
}

function judgeFile(
  vault: Vault,
  path: string,
  found: Stats | undefined,
  isFiltered: boolean,
  mostSize: number,
): LeftOutKind | "kept" | "gone" {
  if (path.endsWith("/")) return "repository";
  if (vault.entries.get(path)?.mode === "160000") return "no-file";
  // A folder is where a file was: the file is gone, and what is in the folder has its own paths.
  if (found === undefined || found.isDirectory()) return "gone";
  if (!found.isFile()) return "no-file";
  if (isFiltered) return "filter";
  return found.size > mostSize * MEBIBYTE ? "large" : "kept";
}

/** Where there are more files than any patch holds, the largest new folders go first. @throws Error if that is no help */
function leaveBulkOut(
  vault: Vault,
  kept: readonly string[],
  leftOut: Map<string, LeftOut>,
): readonly string[] {
  if (kept.length <= MOST_FILES) return kept;
  const byFolder = new Map<string, string[]>();
  for (const path of kept) {
    const folder = foldersAbove(path).findLast((each) => !vault.folders.has(each));
    if (folder === undefined) continue;
    const paths = byFolder.get(folder) ?? [];
    paths.push(path);
    byFolder.set(folder, paths);
  }
  const out = new Set<string>();
  for (const [named, paths] of [...byFolder].toSorted(([, a], [, b]) => b.length - a.length)) {
    if (kept.length - out.size <= MOST_FILES) break;
    for (const path of paths) {
      out.add(path);
      leftOut.set(path, { kind: "bulk", named, stamp: "" });
    }
  }
  if (kept.length - out.size > MOST_FILES)
    throw new Error(
      `${kept.length} files differ from the last look at the checkout; no patch can hold so many.`,
    );
  return kept.filter((path) => !out.has(path));
}
