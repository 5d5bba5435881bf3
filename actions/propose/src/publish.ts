import type { Line } from "@patchpilot/action-kit";
import type { OpenedPullRequest } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { Inputs } from "./contract.ts";
import type { Continuation } from "./decide.ts";
import type { Ports, Target } from "./ports.ts";
import { type Prepared, treeChanges } from "./prepare.ts";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "./pull-request-text.ts";

/** What publishing came to: a pull request, or a branch that holds somebody's work. */
export type Published =
  | { readonly pullRequest: OpenedPullRequest; readonly lines: readonly Line[] }
  | { readonly pullRequest?: undefined; readonly reason: string };

/**
 * Makes commit, branch and pull request. The commit is the base with the patch and nothing else. A branch that is
 * there already is taken up only where it holds exactly this commit, which a lost reply or a crash leaves behind.
 */
export async function publish(
  prepared: Prepared,
  facts: ProposalFacts,
  target: Target,
  inputs: Inputs,
  ports: Ports,
): Promise<Published> {
  for (const [oid, content] of prepared.contents) {
    const stored = await ports.createBlob(content);
    if (stored !== oid)
      throw new Error(`GitHub stored blob ${stored} in place of ${oid}; run the job again.`);
  }
  const tree = await ports.createTree(prepared.baseTree, treeChanges(prepared.changes));
  const parents = [facts.baseSha];
  const commit = await ports.createCommit({ message: commitMessage(facts), tree, parents });
  const place =
    facts.continues === undefined
      ? await makeBranch(commit, tree, facts, inputs, ports)
      : await moveBranch(commit, tree, facts.continues, target, ports);
  if (place === "taken")
    return {
      reason: `The branch \`${inputs.branch}\` holds other commits; nothing is pushed over a person's work.`,
    };
  if (facts.continues !== undefined) return goOn(facts, facts.continues, ports);
  const pullRequest = await openOnce(facts, target, inputs, ports);
  return { pullRequest, lines: await dress(pullRequest.number, inputs, ports) };
}

async function makeBranch(
  commit: string,
  tree: string,
  facts: ProposalFacts,
  inputs: Inputs,
  ports: Ports,
): Promise<"made" | "taken"> {
  if ((await ports.createBranch(inputs.branch, commit)) === "made") return "made";
  return (await isAt(inputs.branch, tree, facts.baseSha, ports)) ? "made" : "taken";
}

/** Adds the commit to a branch that is still where it was reviewed; the fast-forward itself decides a race. */
async function moveBranch(
  commit: string,
  tree: string,
  { branch, head }: Continuation,
  target: Target,
  ports: Ports,
): Promise<"made" | "taken"> {
  const result = await ports.moveBranch(target, branch, head, commit);
  if (result.state === "done") return "made";
  return (await isAt(branch, tree, head, ports)) ? "made" : "taken";
}

/** Whether a branch holds this very change and nothing else on top of a commit. */
async function isAt(branch: string, tree: string, parent: string, ports: Ports): Promise<boolean> {
  const tip = await ports.readBranchTip(branch);
  return tip?.tree === tree && tip.parents.length === 1 && tip.parents[0] === parent;
}

/** The pull request stands already: what is new in it is said below the review. */
async function goOn(
  facts: ProposalFacts,
  { pullRequest: number, branch }: Continuation,
  ports: Ports,
): Promise<Published> {
  const found = await ports.findPullRequest(branch);
  const pullRequest = { number, url: found?.url ?? "", draft: found?.draft ?? false };
  try {
    await ports.comment(number, pullRequestBody(facts));
    return { pullRequest, lines: [] };
  } catch (error) {
    const text = `What changed in #${number} is not said there: ${(error as Error).message}`;
    return { pullRequest, lines: [{ level: "warning", text }] };
  }
}

/** A lost reply is settled by looking, never by sending again. */
async function openOnce(
  facts: ProposalFacts,
  target: Target,
  inputs: Inputs,
  ports: Ports,
): Promise<OpenedPullRequest> {
  try {
    return await ports.openPullRequest({
      title: pullRequestTitle(facts),
      body: pullRequestBody(facts),
      branch: inputs.branch,
      base: target.branch,
      draft: inputs.draft,
    });
  } catch (error) {
    const found = await ports.findPullRequest(inputs.branch);
    if (found !== undefined) return found;
    throw withRemedy(error);
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

/** Labels and reviewers are welcome, but no reason to lose a pull request. */
async function dress(number: number, inputs: Inputs, ports: Ports): Promise<Line[]> {
  const tries = [
    { what: "labels", names: inputs.labels, set: ports.addLabels },
    { what: "reviewers", names: inputs.reviewers, set: ports.requestReviewers },
  ];
  const lines: Line[] = [];
  for (const { what, names, set } of tries.filter(({ names }) => names.length > 0)) {
    try {
      await set(number, names);
    } catch (error) {
      lines.push({
        level: "warning",
        text: `The ${what} of #${number} are not set: ${(error as Error).message}`,
      });
    }
  }
  return lines;
}
