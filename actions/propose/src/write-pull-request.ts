import type { Line } from "@patchpilot/action-kit";
import type { OpenedPullRequest } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { ProposeInputs } from "./contract.ts";
import type { Continuation } from "./facts.ts";
import type { ProposePorts, ProposeTarget } from "./ports.ts";
import type { PreparedPatch } from "./read-patch.ts";
import { requestReviews } from "./write-reviewers.ts";
import { createPatchedTree } from "./write-tree.ts";

/** What is published: a branch on a commit, and the words beside it. */
export type Proposal = {
  readonly branch: string;
  readonly baseSha: string;
  /** Set where the pull request is an earlier attempt's. */
  readonly continues?: Continuation | undefined;
  /** Login of who wrote the suspect commit. */
  readonly suspectAuthor?: string | undefined;
  readonly title: string;
  readonly body: string;
  /** Of the commit. */
  readonly message: string;
};

/** What publishing came to: a pull request, perhaps another run's, or a branch that holds somebody's work. */
export type Published =
  | {
      readonly state: "opened" | "found";
      readonly pullRequest: OpenedPullRequest;
      /** Where the branch is left. */
      readonly head: string;
      readonly lines: readonly Line[];
    }
  | { readonly state: "taken" };

/**
 * Makes commit, branch and pull request. The commit is the base with the patch and nothing else. A branch that is
 * there already is taken up only where it has exactly this tree on this base, which a lost reply or a crash leaves behind.
 */
export async function publish(
  prepared: PreparedPatch,
  proposal: Proposal,
  target: ProposeTarget,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<Published> {
  for (const [oid, content] of prepared.contents) {
    const stored = await ports.createBlob(content);
    if (stored !== oid)
      throw new Error(`GitHub stored blob ${stored} in place of ${oid}; run the job again.`);
  }
  const tree = await createPatchedTree(prepared, ports);
  const { branch, baseSha, continues, message } = proposal;
  const commit = await ports.createCommit({ message, tree, parents: [baseSha] });
  const { place, head } = await putOnBranch(commit, tree, proposal, target, ports);
  if (place === "taken") return { state: "taken" };
  if (continues !== undefined) return goOn(proposal, continues, head, ports);
  // Where another run made the branch, its pull request may be open, or closed by a person already.
  const found = place === "there" ? await ports.findPullRequest(branch) : undefined;
  if (found !== undefined) return { state: "found", pullRequest: found, head, lines: [] };
  const opened = await openOnce(proposal, target, inputs, ports);
  const { number, author } = opened.pullRequest;
  const suspect = isOther(author, proposal.suspectAuthor) ? proposal.suspectAuthor : undefined;
  const paths = prepared.changes.map(({ path }) => path);
  const lines = [
    ...(await setLabels(number, inputs, ports)),
    ...(await requestReviews(number, { paths, suspect }, inputs, ports)),
  ];
  return { ...opened, head, lines };
}

/** Who opened it cannot review it, nor an App by another spelling; of one that was found nobody knows who opened it. */
const isOther = (author: string | undefined, suspect = ""): boolean =>
  author !== undefined && author.replace(/\[bot\]$/, "").toLowerCase() !== suspect.toLowerCase();

/**
 * Makes the branch, or adds the commit to one that is still where it was reviewed; the fast-forward itself decides a
 * race. A branch that holds this very change and nothing else on top of the base is this run's, too.
 */
async function putOnBranch(
  commit: string,
  tree: string,
  { branch, baseSha, continues }: Proposal,
  target: ProposeTarget,
  ports: ProposePorts,
): Promise<{ readonly place: "made" | "there" | "taken"; readonly head: string }> {
  const made = { place: "made", head: commit } as const;
  const move = async () => (await ports.moveBranch(target, branch, baseSha, commit)).state;
  const first = continues === undefined ? await ports.createBranch(branch, commit) : await move();
  if (first === "made" || first === "done") return made;
  const tip = await ports.readBranchTip(branch);
  // The reply was lost before the branch moved: it may be moved from there once more, and from nowhere else.
  if (first === "unknown" && tip?.oid === baseSha && (await move()) === "done") return made;
  const isOwn = tip?.tree === tree && tip.parents.length === 1 && tip.parents[0] === baseSha;
  return { place: isOwn ? "there" : "taken", head: tip?.oid ?? "" };
}

/** The pull request stands already: what is new in it is said below the review. */
async function goOn(
  { body, branch }: Proposal,
  { pullRequest: number }: Continuation,
  head: string,
  ports: ProposePorts,
): Promise<Published> {
  const found = await ports.findPullRequest(branch);
  const pullRequest = { number, url: found?.url ?? "", draft: found?.draft ?? false };
  try {
    await ports.comment(number, body);
    return { state: "opened", pullRequest, head, lines: [] };
  } catch (error) {
    const text = `What changed in #${number} is not said there: ${(error as Error).message}`;
    return { state: "opened", pullRequest, head, lines: [{ level: "warning", text }] };
  }
}

/** A lost reply is settled by looking; only if there is none then, it is asked for once more. */
async function openOnce(
  proposal: Proposal,
  target: ProposeTarget,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<{ readonly state: "opened" | "found"; readonly pullRequest: OpenedPullRequest }> {
  const { title, body, branch } = proposal;
  const { draft } = inputs;
  for (let isLast = false; ; isLast = true) {
    try {
      const pullRequest = await ports.openPullRequest({ title, body, branch, base: target.branch, draft });
      return { state: "opened", pullRequest };
    } catch (error) {
      const found = await ports.findPullRequest(branch);
      if (found !== undefined) return { state: "found", pullRequest: found };
      if (isLast || !(error instanceof HttpFailure) || error.kind !== "ambiguous") throw withRemedy(error);
    }
  }
}

/** GitHub's own sentence for a repository setting does not say where the setting is. */
function withRemedy(error: unknown): unknown {
  if (!(error instanceof HttpFailure) || !/not permitted to create/i.test(error.detail ?? "")) return error;
  return new Error(
    `${error.message} Allow it under Settings → Actions → General → Workflow permissions, or pass an App's token as \`pr-token\`.`,
    { cause: error },
  );
}

/** Labels are welcome, but no reason to lose a pull request. */
async function setLabels(number: number, { labels }: ProposeInputs, ports: ProposePorts): Promise<Line[]> {
  if (labels.length === 0) return [];
  try {
    await ports.addLabels(number, labels);
    return [];
  } catch (error) {
    const text = `The labels of #${number} are not set: ${(error as Error).message}`;
    return [{ level: "warning", text }];
  }
}
