import { applyToIndex, PLAIN_MODES, RAW_DIFF, type RawChange, readRawDiff } from "@patchpilot/git";
import { type ChangedFile, judgeTestRole } from "@patchpilot/project";
import { readBlobs } from "../patch/read-blobs.ts";
import { restoreSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";

const INDEX = "verify.index";

/** A patch on the checkout, with the base commit's say in how it is tested. */
export type AppliedPatch = {
  readonly paths: readonly string[];
  /** The files as they are tested. */
  readonly tree: string;
  /** Changed files that have a say in how it is tested; those that define it are tested as the base commit has them. */
  readonly changesTests: readonly string[];
};

/** Why a patch cannot be tested. */
export type PatchRefusal = { readonly refusal: string };

/** Applies a patch to the clean base, and puts back what defines the tests. Links and submodules are refused. */
export async function applyPatch(
  vault: Vault,
  patch: Uint8Array,
  commands: readonly string[],
): Promise<AppliedPatch | PatchRefusal> {
  const git = vault.gitOn(INDEX);
  await git(["read-tree", vault.base]);
  const refusal = await applyToIndex((args, input) => vault.call(INDEX, args, input), patch);
  if (refusal !== undefined) return { refusal };
  const changes = await readChanges(vault);
  if (changes.length === 0) return { refusal: "The patch changes nothing." };
  const odd = changes.find(({ after }) => after !== undefined && !PLAIN_MODES.includes(after.mode));
  if (odd !== undefined)
    return { refusal: `${odd.path} would be no plain file; only plain files are taken.` };
  const changesTests = await putBack(vault, changes, commands);
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  await restoreSnapshot(vault, tree);
  return { paths: changes.map(({ path }) => path), tree, changesTests };
}

type Change = Omit<RawChange, "path"> & { readonly path: string };

async function readChanges(vault: Vault): Promise<Change[]> {
  const changes = readRawDiff(await vault.gitOn(INDEX)(["diff", "--cached", ...RAW_DIFF, vault.base]));
  return changes.map((change) => ({ ...change, path: change.path.toString("utf8") }));
}

/** @returns the paths that define tests */
async function putBack(
  vault: Vault,
  changes: readonly Change[],
  commands: readonly string[],
): Promise<string[]> {
  const objects = changes.flatMap(({ before, after }) => [before?.oid ?? [], after?.oid ?? []].flat());
  const texts = await readBlobs(vault, new Set(objects));
  const defining: string[] = [];
  const entries: string[] = [];
  for (const change of changes) {
    const { path, before, after } = change;
    const file: ChangedFile = {
      path,
      base: before && texts.get(before.oid),
      patched: after && texts.get(after.oid),
    };
    const role = judgeTestRole(file, commands);
    if (role.kind === "none") continue;
    defining.push(path);
    // Nobody may grade their own work: what says how to test is the base commit's.
    if (role.kind === "definition") entries.push(await makeEntry(vault, change, file.base, role.content));
  }
  if (entries.length > 0) await vault.gitOn(INDEX)(["update-index", "-z", "--index-info"], entries.join(""));
  return defining;
}

/** What stands in the index for a file whose content is put back; a file without content goes. */
async function makeEntry(
  vault: Vault,
  { path, before, after }: Change,
  base: string | undefined,
  content: string | undefined,
): Promise<string> {
  if (content === undefined) return `0 ${"0".repeat(40)}\t${path}\0`;
  const oid =
    before !== undefined && content === base
      ? before.oid
      : (await vault.git(["hash-object", "-w", "--no-filters", "--stdin"], content))
          .toString("latin1")
          .trim();
  return `${(before ?? after)?.mode} ${oid}\t${path}\0`;
}
