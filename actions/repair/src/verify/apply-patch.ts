import { firstComplaint, type RawChange, readRawDiff } from "@patchpilot/git";
import { type ChangedFile, testRoleOf } from "@patchpilot/project";
import { restoreSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";

const INDEX = "verify.index";

/** A patch on the checkout, with the base commit's say in how it is tested. */
export type Applied = {
  readonly paths: readonly string[];
  /** Changed files that have a say in how it is tested; those that define it are tested as the base commit has them. */
  readonly changesTests: readonly string[];
};

/** Why a patch cannot be tested. */
export type Refusal = { readonly refusal: string };

/** Applies a patch to the clean base, and puts back what defines the tests. Links and submodules are refused. */
export async function applyPatch(
  vault: Vault,
  patch: Uint8Array,
  commands: readonly string[],
): Promise<Applied | Refusal> {
  const git = vault.gitOn(INDEX);
  await git(["read-tree", vault.base]);
  const applied = await vault.call(INDEX, ["apply", "--cached", "--whitespace=nowarn", "-"], patch);
  if (applied.code !== 0)
    return { refusal: `The patch does not apply to the base commit: ${firstComplaint(applied.complaint)}.` };
  const changes = await readChanges(vault);
  if (changes.length === 0) return { refusal: "The patch changes nothing." };
  const odd = changes.find(({ after }) => after !== undefined && !PLAIN.includes(after.mode));
  if (odd !== undefined)
    return { refusal: `${odd.path} would be no plain file; only plain files are taken.` };
  const changesTests = await putBack(vault, changes, commands);
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  await restoreSnapshot(vault, tree);
  return { paths: changes.map(({ path }) => path), changesTests };
}

/** Modes of a file and of a program. */
const PLAIN = ["100644", "100755"];

type Change = Omit<RawChange, "path"> & { readonly path: string };

async function readChanges(vault: Vault): Promise<Change[]> {
  const args = ["diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", vault.base];
  const changes = readRawDiff(await vault.gitOn(INDEX)(args));
  return changes.map((change) => ({ ...change, path: change.path.toString("utf8") }));
}

/** @returns the paths that define tests */
async function putBack(
  vault: Vault,
  changes: readonly Change[],
  commands: readonly string[],
): Promise<string[]> {
  const texts = await readBlobs(vault, changes);
  const defining: string[] = [];
  const entries: string[] = [];
  for (const change of changes) {
    const { path, before, after } = change;
    const file: ChangedFile = {
      path,
      base: before && texts.get(before.oid),
      patched: after && texts.get(after.oid),
    };
    const role = testRoleOf(file, commands);
    if (role.kind === "none") continue;
    defining.push(path);
    // Nobody may grade their own work: what says how to test is the base commit's.
    if (role.kind === "definition") entries.push(await entryOf(vault, change, file.base, role.content));
  }
  if (entries.length > 0) await vault.gitOn(INDEX)(["update-index", "-z", "--index-info"], entries.join(""));
  return defining;
}

/** The files' texts by object, of both sides, in one call: a patch may change hundreds of files. */
async function readBlobs(vault: Vault, changes: readonly Change[]): Promise<Map<string, string>> {
  const files = changes.flatMap(({ before, after }) => [before, after]);
  const oids = new Set(files.flatMap((file) => file?.oid ?? []));
  const said = await vault.git(["cat-file", "--batch"], [...oids, ""].join("\n"));
  const texts = new Map<string, string>();
  let at = 0;
  for (const oid of oids) {
    // A line such as `<oid> blob <bytes>`, the bytes, and the end of a line.
    const begin = said.indexOf("\n", at) + 1;
    const [, , bytes] = said.toString("latin1", at, begin).split(" ");
    // `<oid> missing`: a submodule's commit, which the patch takes away.
    if (bytes === undefined) {
      at = begin;
      continue;
    }
    const end = begin + Number(bytes);
    texts.set(oid, said.toString("utf8", begin, end));
    at = end + 1;
  }
  return texts;
}

/** What stands in the index for a file whose content is put back; a file without content goes. */
async function entryOf(
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
