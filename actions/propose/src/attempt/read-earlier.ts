import { attemptBranch } from "@patchpilot/incident";
import type { ProposePorts } from "../ports.ts";
import type { EarlierPatches } from "../read-patch.ts";
import { readPatchId } from "../read-patch-index.ts";
import type { Attempt } from "./attempt-inputs.ts";

/** What a pull request of an earlier attempt says of its patch, in the trailers of its commit. */
type EarlierCommit = { readonly attempt: number; readonly message: string };

/**
 * Collects what earlier attempts made: from the work order, and from the commits of their pull requests, open or
 * closed. A diff that was shortened has another patch id than the whole, so that it never matches by mistake.
 */
export async function readEarlier(attempt: Attempt, ports: ProposePorts): Promise<EarlierPatches> {
  const sha256s = new Map<string, number>();
  const patchIds = new Map<string, number>();
  const commits = await readEarlierCommits(attempt, ports);
  for (const { attempt: number, patchSha256, diff } of attempt.order?.previousAttempts ?? []) {
    if (patchSha256 !== undefined) sha256s.set(patchSha256, number);
    const id = diff === undefined ? undefined : await readPatchId(diff, ports.callGit);
    if (id !== undefined) patchIds.set(id, number);
  }
  for (const { attempt: number, message } of commits) {
    const sha256 = /^Patch-SHA256: ([0-9a-f]{64})$/m.exec(message)?.[1];
    const id = /^Patch-Id: ([0-9a-f]{40})$/m.exec(message)?.[1];
    if (sha256 !== undefined) sha256s.set(sha256, number);
    if (id !== undefined) patchIds.set(id, number);
  }
  return { sha256s, patchIds };
}

/** How many attempts one looks back for the same patch. */
const MOST_EARLIER = 20;

/** What the pull requests of earlier attempts say of their patches. One that cannot be read stops nothing. */
async function readEarlierCommits(
  { name, elsewhere, continues }: Attempt,
  ports: ProposePorts,
): Promise<EarlierCommit[]> {
  const { attempt } = name;
  if (attempt === 1) return [];
  const numbers = Array.from(
    { length: Math.min(MOST_EARLIER, attempt - 1) },
    (_, index) => attempt - 1 - index,
  );
  const branches = numbers.map((one) => attemptBranch({ ...name, attempt: one }, elsewhere !== undefined));
  const wanted = [...new Set([...branches, continues?.branch ?? []].flat())];
  const messages = await ports.readCommitMessages(wanted);
  return [...messages].flatMap(([branch, all]) =>
    all.map((message) => ({ attempt: Number(/-a(\d+)$/.exec(branch)?.[1] ?? 0), message })),
  );
}
