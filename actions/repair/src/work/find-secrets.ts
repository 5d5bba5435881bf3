import { redactValues } from "@patchpilot/evidence";
import { readTreeChanges, writeChangesTree } from "../patch/agent-changes.ts";
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
  for (const { after } of await readTreeChanges(vault, vault.base, await writeChangesTree(vault)))
    if (after?.mode.startsWith("100") && isIn(await readStart(vault, after.oid), secrets)) return true;
  return false;
}

const readStart = async (vault: Vault, oid: string): Promise<Buffer> =>
  (await vault.git(["cat-file", "blob", oid])).subarray(0, MOST);

const isIn = (bytes: Buffer, secrets: readonly string[]): boolean =>
  redactValues(bytes.toString("utf8"), secrets).hidden > 0;
