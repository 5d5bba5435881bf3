import type { WorkOrder } from "@patchpilot/incident";
import { readPatchId } from "../patch/apply-patch.ts";

/** Patches of earlier attempts at this incident, each with the attempt that made it. */
export type Earlier = {
  readonly sha256s: ReadonlyMap<string, number>;
  /** By git's stable patch id, which blanks and line numbers do not change. */
  readonly patchIds: ReadonlyMap<string, number>;
};

/** What a pull request of an earlier attempt says of its patch, in the trailers of its commit. */
export type EarlierCommit = { readonly attempt: number; readonly message: string };

/**
 * Collects what earlier attempts made: from the work order, and from the commits of their pull requests, open or
 * closed. A diff that was shortened has another patch id than the whole, so that it never matches by mistake.
 * @param path where git is looked for, as in `PATH`
 */
export async function collectEarlier(
  order: WorkOrder | undefined,
  commits: readonly EarlierCommit[],
  path: string,
): Promise<Earlier> {
  const sha256s = new Map<string, number>();
  const patchIds = new Map<string, number>();
  for (const { attempt, patchSha256, diff } of order?.previousAttempts ?? []) {
    if (patchSha256 !== undefined) sha256s.set(patchSha256, attempt);
    const id = diff === undefined ? undefined : await readPatchId(diff, path);
    if (id !== undefined) patchIds.set(id, attempt);
  }
  for (const { attempt, message } of commits) {
    const sha256 = /^Patch-SHA256: ([0-9a-f]{64})$/m.exec(message)?.[1];
    const id = /^Patch-Id: ([0-9a-f]{40})$/m.exec(message)?.[1];
    if (sha256 !== undefined) sha256s.set(sha256, attempt);
    if (id !== undefined) patchIds.set(id, attempt);
  }
  return { sha256s, patchIds };
}
