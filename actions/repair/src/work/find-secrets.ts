import { redactValues } from "@patchpilot/evidence";
import { writeChangesTree } from "../patch/agent-changes.ts";
import type { Vault } from "../patch/vault.ts";

/** Bytes of one file that are searched; a larger one in a patch is refused for its size elsewhere. */
const MOST = 32 * 1024 * 1024;

/**
 * Whether a change holds the value of a secret of this job, in any of its spellings: in the patch, or in the content
 * of a file that the patch shows as binary only.
 */
export async function holdsSecret(vault: Vault, patch: Buffer, secrets: readonly string[]): Promise<boolean> {
  if (secrets.length === 0 || patch.length === 0) return false;
  if (isIn(patch, secrets)) return true;
  if (!patch.includes("\nGIT binary patch\n")) return false;
  const listed = await vault.git([
    "diff-tree",
    "-r",
    "-z",
    "--no-renames",
    "--no-abbrev",
    vault.base,
    await writeChangesTree(vault),
  ]);
  const oids = Array.from(
    listed.toString("latin1").matchAll(/:\d+ 100\d+ \S+ ([0-9a-f]+) [AM]\0/g),
    ([, oid = ""]) => oid,
  );
  for (const oid of oids)
    if (isIn((await vault.git(["cat-file", "blob", oid])).subarray(0, MOST), secrets)) return true;
  return false;
}

const isIn = (bytes: Buffer, secrets: readonly string[]): boolean =>
  redactValues(bytes.toString("utf8"), secrets).hidden > 0;
