import { firstComplaint, type GitReply } from "./call-git.ts";

/**
 * Applies a patch to an index that holds the base commit, exactly or not at all.
 * @param call git on that index
 * @returns why the patch does not apply, as a sentence
 */
export async function applyToIndex(
  call: (args: readonly string[], input: Uint8Array) => Promise<GitReply>,
  patch: Uint8Array,
): Promise<string | undefined> {
  const { code, complaint } = await call(["apply", "--cached", "--whitespace=nowarn", "-"], patch);
  if (code === 0) return undefined;
  return `The patch does not apply to the base commit: ${firstComplaint(complaint)}.`;
}
