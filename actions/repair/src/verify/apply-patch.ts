import { applyToIndex, PLAIN_MODES, RAW_DIFF, readRawDiff } from "@patchpilot/git";
import { findDefinitions, type PlainChange } from "../patch/base-definitions.ts";
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

/**
 * Applies a patch to the clean base in an index, and puts back what defines the tests. Links and submodules are refused.
 * The checkout stays as it is: the base is tested first.
 */
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
  const { defining, entries } = await findDefinitions(vault, changes, commands);
  // Nobody may grade their own work: what says how to test is the base commit's.
  if (entries.length > 0) await git(["update-index", "-z", "--index-info"], entries.join(""));
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  return { paths: changes.map(({ path }) => path), tree, changesTests: defining };
}

async function readChanges(vault: Vault): Promise<PlainChange[]> {
  const changes = readRawDiff(await vault.gitOn(INDEX)(["diff", "--cached", ...RAW_DIFF, vault.base]));
  return changes.map((change) => ({ ...change, path: change.path.toString("utf8") }));
}
