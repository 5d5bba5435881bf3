import { type ChangedFile, testRoleOf } from "@patchpilot/project";
import { firstComplaint } from "../patch/run-git.ts";
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
  const odd = changes.find(({ mode }) => !["000000", "100644", "100755"].includes(mode));
  if (odd !== undefined)
    return { refusal: `${odd.path} would be no plain file; only plain files are taken.` };
  const changesTests = await putBack(vault, changes, commands);
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  await restoreSnapshot(vault, tree);
  return { paths: changes.map(({ path }) => path), changesTests };
}

type Change = {
  readonly path: string;
  readonly mode: string;
  readonly before: string;
  readonly after: string;
};

const ABSENT = /^0+$/;

async function readChanges(vault: Vault): Promise<Change[]> {
  const args = ["diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", vault.base];
  const fields = (await vault.gitOn(INDEX)(args)).toString("utf8").split("\0").slice(0, -1);
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = "", before = "", after = ""] = (fields[at] ?? "").split(" ");
    changes.push({ path: fields[at + 1] ?? "", mode, before, after });
  }
  return changes;
}

/** @returns the paths that define tests */
async function putBack(
  vault: Vault,
  changes: readonly Change[],
  commands: readonly string[],
): Promise<string[]> {
  const read = async (oid: string) =>
    ABSENT.test(oid) ? undefined : (await vault.git(["cat-file", "blob", oid])).toString("utf8");
  const defining: string[] = [];
  for (const { path, mode, before, after } of changes) {
    const file: ChangedFile = { path, base: await read(before), patched: await read(after) };
    const role = testRoleOf(file, commands);
    if (role.kind === "none") continue;
    defining.push(path);
    // Nobody may grade their own work: what says how to test is the base commit's.
    if (role.kind === "definition") await replaceFile(vault, path, mode, role.content);
  }
  return defining;
}

async function replaceFile(
  vault: Vault,
  path: string,
  mode: string,
  content: string | undefined,
): Promise<void> {
  const git = vault.gitOn(INDEX);
  const kept = (await git(["ls-tree", "-z", "--full-tree", vault.base, "--", path]))
    .toString("utf8")
    .slice(0, 6);
  const oid =
    content === undefined
      ? "0".repeat(40)
      : (await vault.git(["hash-object", "-w", "--no-filters", "--stdin"], content))
          .toString("latin1")
          .trim();
  const entry = `${content === undefined ? "0" : kept || mode} ${oid}\t${path}\0`;
  await git(["update-index", "-z", "--index-info"], entry);
}
