import { endRun, type ProposeEnding } from "../facts.ts";

/** What is known of a patch without a key before it is read. */
export type LoneStart = {
  /** The input `branch`, which belongs to a key. */
  readonly branch: string | undefined;
  /** The event dispatched an attempt. */
  readonly isDispatched: boolean;
  readonly stopped: boolean;
  readonly selected: "auto" | readonly number[];
};

/** Whether a patch without a key is read at all; undefined says yes. Pure. */
export function decideLoneStart(start: LoneStart): ProposeEnding | undefined {
  const { branch, isDispatched, stopped, selected } = start;
  if (branch !== undefined)
    return endRun(
      "refused",
      "`branch` is given without `key`. For an attempt, pass `claim`'s output `key`, too: it is empty where `claim` did not run or is not in `needs`. For a patch on its own, leave `branch` out: it is named after the patch.",
    );
  if (isDispatched)
    return endRun(
      "refused",
      "`dispatch` started this run for an attempt, but `key` is empty: pass `claim`'s output `key`, and name its job in `needs`.",
    );
  if (stopped) return endRun("stopped", "`stop` is set, so nothing is published.");
  if (selected === "auto") return undefined;
  return endRun(
    "not-selected",
    selected.length === 0
      ? "`issues` is empty, so nothing is published."
      : "`issues` names incidents, and a patch without `key` belongs to none: pass the attempt's `key`, or leave `issues` out.",
  );
}

/** What GitHub says of the patch's branch, and of the branch that the pull request is for. */
export type LoneFacts = {
  readonly branch: string;
  /** The newest pull request of the branch, in any state. */
  readonly pullRequest: { readonly number: number; readonly state: string } | undefined;
  /** undefined: there is no such branch yet. */
  readonly tip: { readonly parents: readonly string[] } | undefined;
  /** Newest commit of the branch that the pull request is for. */
  readonly head: string;
  /** The input `base-sha`. */
  readonly baseSha: string | undefined;
};

/** The commit that the patch is applied to, and who named it. */
export type PatchBase = { readonly sha: string; readonly by: "input" | "head" | "tip" };

/**
 * Whether a patch is published, and on which commit. A branch that is there already fixes the commit: what it holds is
 * either this patch on its own parent, or somebody's work. Pure.
 */
export function decideLone(
  facts: LoneFacts,
): { readonly ending: ProposeEnding } | { readonly base: PatchBase } {
  const { pullRequest, tip, branch } = facts;
  if (pullRequest !== undefined)
    return {
      ending: endRun(
        "exists",
        `Pull request #${pullRequest.number} of this patch exists already (${pullRequest.state}).`,
      ),
    };
  if (tip !== undefined) {
    const [parent, ...others] = tip.parents;
    if (parent === undefined || others.length > 0) return { ending: endRun("refused", takenReason(branch)) };
    return { base: { sha: parent, by: "tip" } };
  }
  return {
    base: facts.baseSha === undefined ? { sha: facts.head, by: "head" } : { sha: facts.baseSha, by: "input" },
  };
}

/** Why a patch is not applied to a commit that the base branch does not hold. Pure. */
export function refuseForeignBase({ sha, by }: PatchBase, target: string, branch: string): ProposeEnding {
  return endRun(
    "refused",
    by === "tip"
      ? takenReason(branch)
      : `\`base-sha\` ${sha} is not a commit of ${target}: its pull request would bring in other commits than the patch. Pass the commit of ${target} that the patch was made on.`,
  );
}

export const takenReason = (branch: string): string =>
  `The branch \`${branch}\` has other commits than this patch, so it is not touched. Delete it to have the patch proposed.`;

/** No time and no run in it: whoever has the same bytes finds the same branch. */
export const patchBranch = (sha256: string): string => `patchpilot/patch-${shortenSha(sha256)}`;

/** Enough digits to name a patch for people. */
export const shortenSha = (sha256: string): string => sha256.slice(0, 12);
