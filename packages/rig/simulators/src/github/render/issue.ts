import type { GitHubAccount } from "../state/accounts/identity.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type { IssueRecord } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { renderLabels } from "./label.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

/** An issue as REST writes it. Pull requests are issues too, told by `pull_request`. */
export function renderIssue(
  world: GitHubState,
  repository: Repository,
  issue: IssueRecord,
  version?: number,
): Record<string, unknown> {
  const url = `${apiUrl(world, repository)}/issues/${issue.number}`;
  return {
    url,
    repository_url: apiUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: issuePageUrl(world, repository, issue),
    id: issue.id,
    node_id: issueNodeId(repository, issue),
    number: issue.number,
    title: issue.title,
    user: renderUser(world, issue.author),
    labels: renderLabels(world, repository, issue, version),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: repository.comments.listGroup(issue.number, version).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: describeAssociation(repository, issue.author),
    body: issue.body,
    reactions: renderReactions(url),
    performed_via_github_app: null,
    ...(issue.pull === null ? {} : renderPullLinks(world, repository, issue)),
  };
}

/** The one issue that was asked for also says who closed it. */
export function renderSingleIssue(
  world: GitHubState,
  repository: Repository,
  issue: IssueRecord,
  version?: number,
): Record<string, unknown> {
  return {
    ...renderIssue(world, repository, issue, version),
    closed_by: issue.closedBy === null ? null : renderUser(world, issue.closedBy),
  };
}

export function issueNodeId(repository: Repository, issue: IssueRecord): string {
  return encodeNodeId(issue.pull === null ? "I" : "PR", repository.id, issue.number);
}

export function issuePageUrl(world: GitHubState, repository: Repository, issue: IssueRecord): string {
  return `${pageUrl(world, repository)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;
}

/** What `author_association` says of an account. */
export function describeAssociation(repository: Repository, identity: GitHubAccount): string {
  if (identity.login.toLowerCase() === repository.owner.toLowerCase()) return "OWNER";
  return repository.roles.has(identity.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}

export function renderReactions(url: string): object {
  const none = { "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url: `${url}/reactions`, total_count: 0, ...none };
}

function renderPullLinks(world: GitHubState, repository: Repository, issue: IssueRecord): object {
  const page = issuePageUrl(world, repository, issue);
  return {
    draft: issue.pull?.draft,
    pull_request: {
      url: `${apiUrl(world, repository)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: issue.pull?.mergedAt ?? null,
    },
  };
}
