import type { RawChange } from "@patchpilot/git";
import { resetFiles, restoreSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import type { CutFile } from "./change/change.ts";
import { type Choose, composeFile } from "./change/compose-file.ts";
import type { ReadChange } from "./change/read-change.ts";

const INDEX = "proof.index";

/**
 * Puts the checkout to a part of the change, file by file as git checks them out. What the base ignores stays, such as
 * installed packages; everything else that a run left behind goes.
 * @param settled tree of the checkout once it was set up
 * @param replaced texts of changed files that are to be others than their parts make
 */
export async function showPart(
  vault: Vault,
  settled: string,
  change: ReadChange,
  choose: Choose,
  replaced: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const git = vault.gitOn(INDEX);
  await git(["read-tree", settled]);
  const lines: string[] = [];
  for (const file of change.files) {
    const entry = change.entries.get(file.path);
    if (entry !== undefined) lines.push(await makeLine(vault, file, entry, choose, replaced.get(file.path)));
  }
  await git(["update-index", "-z", "--index-info"], lines.join(""));
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  // What was installed may be more than a snapshot holds; it then stays, as what is ignored does.
  await restoreSnapshot(vault, tree).catch(() => resetFiles(vault, tree));
}

/** A line of `update-index --index-info`. */
async function makeLine(
  vault: Vault,
  file: CutFile,
  { before, after }: RawChange,
  choose: Choose,
  replaced: string | undefined,
): Promise<string> {
  const isChosen = (unit: number) => choose(file, unit);
  const count = file.units.length;
  const chosen = file.units.filter((_, unit) => isChosen(unit)).length;
  const side = chosen === count && count > 0 ? after : chosen === 0 ? before : undefined;
  if (replaced === undefined && side !== undefined) return `${side.mode} ${side.oid}\t${file.path}\0`;
  if (replaced === undefined && (chosen === 0 || chosen === count))
    return `0 ${"0".repeat(40)}\t${file.path}\0`;
  const text = replaced ?? composeFile(file, isChosen) ?? "";
  const oid = (await vault.git(["hash-object", "-w", "--no-filters", "--stdin"], text))
    .toString("latin1")
    .trim();
  return `${(before ?? after)?.mode} ${oid}\t${file.path}\0`;
}
