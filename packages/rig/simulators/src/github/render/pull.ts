import { compareTrees } from "../git/diff.ts";
import { listCommits, mergeBase, reachable } from "../git/history.ts";
import { isMergeable } from "../git/merge.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type { IssueRecord, PullRecord } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { describeAssociation, issuePageUrl } from "./issue.ts";
import { renderLabels } from "./label.ts";
import { renderRepository } from "./repository.ts";
import { apiUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

/** A pull request in a list (`pull-request-simple`). */
export function renderSimplePull(
  world: GitHubState,
  repository: Repository,
  issue: IssueRecord,
  version?: number,
): Record<string, unknown> {
  const pull = requirePull(issue);
  const url = `${apiUrl(world, repository)}/pulls/${issue.number}`;
  const page = issuePageUrl(world, repository, issue);
  return {
    ...addresses(world, repository, issue, pull),
    id: pull.id,
    node_id: encodeNodeId("PR", repository.id, issue.number),
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: renderUser(world, issue.author),
    body: issue.body,
    labels: renderLabels(world, repository, issue, version),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.reviewers.map((reviewer) => renderUser(world, reviewer)),
    requested_teams: [],
    active_lock_reason: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitOid,
    draft: pull.draft,
    head: renderSide(world, repository, pull.headRef, pull.headOid),
    base: renderSide(world, repository, pull.baseRef, pull.baseOid),
    author_association: describeAssociation(repository, issue.author),
    auto_merge: null,
  };
}

/** A pull request by itself (`pull-request`): also whether it can be merged and how large it is. */
export function renderPull(
  world: GitHubState,
  repository: Repository,
  issue: IssueRecord,
  version?: number,
): Record<string, unknown> {
  const pull = requirePull(issue);
  const { git } = repository;
  const base = mergeBase(git, pull.baseOid, pull.headOid);
  const files = compareTrees(git, base, pull.headOid);
  const mergeable = issue.state === "open" ? isMergeable(git, pull.baseOid, pull.headOid) : null;
  return {
    ...renderSimplePull(world, repository, issue, version),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? "unknown" : mergeable ? (pull.draft ? "draft" : "clean") : "dirty",
    merged_by: pull.mergedBy === null ? null : renderUser(world, pull.mergedBy),
    comments: repository.comments.listGroup(issue.number, version).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: listCommits(git, pull.headOid, reachable(git, pull.baseOid)).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The pull request's part of an issue. @throws where the issue is none, which callers rule out. */
function requirePull(issue: IssueRecord): PullRecord {
  if (issue.pull === null) throw new Error(`#${issue.number} is an issue, not a pull request.`);
  return issue.pull;
}

function addresses(world: GitHubState, repository: Repository, issue: IssueRecord, pull: PullRecord): object {
  const api = apiUrl(world, repository);
  const addresses = {
    self: `${api}/pulls/${issue.number}`,
    html: issuePageUrl(world, repository, issue),
    issue: `${api}/issues/${issue.number}`,
    comments: `${api}/issues/${issue.number}/comments`,
    review_comments: `${api}/pulls/${issue.number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${issue.number}/commits`,
    statuses: `${api}/statuses/${pull.headOid}`,
  };
  const { self: _self, html: _html, ...named } = addresses;
  return {
    ...Object.fromEntries(Object.entries(named).map(([name, url]) => [`${name}_url`, url])),
    _links: Object.fromEntries(Object.entries(addresses).map(([name, href]) => [name, { href }])),
  };
}

function renderSide(world: GitHubState, repository: Repository, ref: string, sha: string): object {
  const owner = world.identity(repository.owner);
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: owner === undefined ? null : renderUser(world, owner),
    repo: renderRepository(world, repository),
  };
}
