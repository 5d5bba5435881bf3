import { compareTrees, type FileDifference } from "../../git/diff.ts";
import { listCommits, mergeBase, reachable } from "../../git/history.ts";
import { mergeTrees } from "../../git/merge.ts";
import { renderUser } from "../../render/user.ts";
import type { GitHubAccount } from "../accounts/identity.ts";
import { stampSignature } from "../code/commits.ts";
import { updateRef } from "../code/refs.ts";
import type { IssueRecord, PullRecord } from "../records.ts";
import { GitHubRefusal, notFound, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import {
  addIssue,
  announceIssue,
  checkBody,
  checkTitle,
  closeIssue,
  requireIssue,
  reviseIssue,
} from "./issues.ts";
import { closingNumbers, noteMentions } from "./timeline.ts";

export type PullIssue = IssueRecord & { readonly pull: PullRecord };

export type NewPull = {
  readonly title: string;
  readonly body?: string | null;
  /** Branch names; the head may carry the owner (`acme:branch`). */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean;
};

export function requirePull(repository: Repository, number: number, version?: number): PullIssue {
  const issue = requireIssue(repository, number, version);
  if (!isPull(issue)) throw notFound();
  return issue;
}

export function isPull(issue: IssueRecord): issue is PullIssue {
  return issue.pull !== null;
}

/** The commits of a pull request, oldest first. */
export function listPullCommits({ git }: Repository, { pull }: PullIssue): string[] {
  const commits = listCommits(git, pull.headOid, reachable(git, pull.baseOid));
  return commits.map(({ oid }) => oid).reverse();
}

/** The files that a pull request changes, against the commit that its branch began at. */
export function listPullFiles({ git }: Repository, { pull }: Pick<PullIssue, "pull">): FileDifference[] {
  return compareTrees(git, mergeBase(git, pull.baseOid, pull.headOid), pull.headOid);
}

/** @throws Refusal 422 for a missing branch, nothing to merge, or an open pull request of the same branches. */
export function openPull(scope: WriteScope, request: NewPull): PullIssue {
  const { world, repository } = scope;
  const resource = "PullRequest";
  checkTitle(request.title, resource);
  checkBody(request.body ?? null, resource);
  const headRef = readBranch(request.head, repository);
  const headOid = headRef === undefined ? undefined : repository.git.refs.get(`refs/heads/${headRef}`);
  const baseOid = repository.git.refs.get(`refs/heads/${request.base}`);
  if (headRef === undefined || headOid === undefined)
    throw validationFailed({ resource, field: "head", code: "invalid" });
  if (baseOid === undefined) throw validationFailed({ resource, field: "base", code: "invalid" });
  refuseTwin(repository, headRef, request.base);
  if (listCommits(repository.git, headOid, reachable(repository.git, baseOid)).length === 0) {
    throw custom(`No commits between ${request.base} and ${headRef}`);
  }
  const pull: PullRecord = {
    id: world.takeId(),
    draft: request.draft ?? false,
    headRef,
    headOid,
    baseRef: request.base,
    baseOid,
    mergedAt: null,
    mergedBy: null,
    mergeCommitOid: null,
    reviewers: [],
  };
  const issue = addIssue(scope, { title: request.title, body: request.body ?? null, pull }) as PullIssue;
  announceIssue(scope, issue, "opened");
  noteMentions(scope, issue.body, issue.number);
  return issue;
}

/**
 * Merges a pull request with a merge commit, as a person's click does, and closes what its body says it fixes.
 * @throws Refusal 405 where it is a draft, closed, or in conflict; 409 where its head is not the one expected.
 */
export function mergePull(
  scope: WriteScope,
  number: number,
  request: { readonly title?: string; readonly message?: string; readonly expectedHead?: string } = {},
): PullIssue {
  const { world, repository, hand } = scope;
  const issue = requirePull(repository, number);
  const { pull } = issue;
  if (request.expectedHead !== undefined && request.expectedHead !== pull.headOid) {
    throw new GitHubRefusal("CONFLICT", "Head branch was modified. Review and try the merge again.");
  }
  const refuse = (message: string) => new GitHubRefusal("METHOD_NOT_ALLOWED", message);
  if (issue.state === "closed") throw refuse("Pull Request is not mergeable");
  if (pull.draft) throw refuse("Pull Request is still a draft");
  const base = repository.git.refs.get(`refs/heads/${pull.baseRef}`) ?? pull.baseOid;
  const tree = mergeTrees(repository.git, base, pull.headOid);
  if (tree === undefined) throw refuse("Pull Request is not mergeable");
  const signature = stampSignature(world, hand.actor);
  const title = request.title ?? `Merge pull request #${number} from ${repository.owner}/${pull.headRef}`;
  const mergeCommitOid = repository.git.writeCommit({
    tree,
    parents: [base, pull.headOid],
    author: signature,
    committer: signature,
    message: `${title}\n\n${request.message ?? issue.title}`,
  });
  const merged = { ...pull, mergedAt: world.now(), mergedBy: hand.actor, mergeCommitOid };
  reviseIssue(scope, issue, { pull: merged });
  const closed = closeIssue(scope, number, null) as PullIssue;
  updateRef(scope, `refs/heads/${pull.baseRef}`, mergeCommitOid, false);
  if (pull.baseRef === repository.defaultBranch) closeFixed(scope, closed);
  return requirePull(repository, number);
}

/** Takes a pull request out of draft, or puts it back. */
export function setDraft(scope: WriteScope, number: number, draft: boolean): PullIssue {
  const issue = requirePull(scope.repository, number);
  if (issue.pull.draft === draft) return issue;
  const revised = reviseIssue(scope, issue, { pull: { ...issue.pull, draft } }) as PullIssue;
  announceIssue(scope, revised, draft ? "converted_to_draft" : "ready_for_review");
  return revised;
}

export function askReviewers(
  scope: WriteScope,
  number: number,
  reviewers: readonly GitHubAccount[],
): PullIssue {
  const issue = requirePull(scope.repository, number);
  const all = [...new Set([...issue.pull.reviewers, ...reviewers])];
  const revised = reviseIssue(scope, issue, { pull: { ...issue.pull, reviewers: all } }) as PullIssue;
  for (const reviewer of all.slice(issue.pull.reviewers.length))
    announceIssue(scope, revised, "review_requested", {
      requested_reviewer: renderUser(scope.world, reviewer),
    });
  return revised;
}

function closeFixed(scope: WriteScope, issue: PullIssue): void {
  for (const number of closingNumbers(issue.body ?? "", scope.repository.fullName)) {
    const fixed = scope.repository.issues.get(number);
    if (fixed?.pull === null) closeIssue(scope, number, "completed", issue.number);
  }
}

function refuseTwin(repository: Repository, headRef: string, baseRef: string): void {
  const twin = repository.issues.some(
    ({ state, pull }) => state === "open" && pull?.headRef === headRef && pull.baseRef === baseRef,
  );
  if (twin) throw custom(`A pull request already exists for ${repository.owner}:${headRef}.`);
}

function readBranch(head: string, repository: Repository): string | undefined {
  const [owner, branch] = head.includes(":")
    ? (head.split(":", 2) as [string, string])
    : [repository.owner, head];
  return owner.toLowerCase() === repository.owner.toLowerCase() ? branch : undefined;
}

function custom(message: string): GitHubRefusal {
  return validationFailed({ resource: "PullRequest", code: "custom", message });
}
