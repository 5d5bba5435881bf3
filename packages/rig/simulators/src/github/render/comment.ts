import { encodeNodeId } from "../state/node-id.ts";
import type { CommentRecord } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { describeAssociation, renderReactions } from "./issue.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

export function renderComment(world: GitHubState, repository: Repository, comment: CommentRecord): object {
  const issues = `${apiUrl(world, repository)}/issues`;
  const url = `${issues}/comments/${comment.id}`;
  return {
    url,
    html_url: commentPage(world, repository, comment),
    issue_url: `${issues}/${comment.issueNumber}`,
    id: comment.id,
    node_id: commentNodeId(repository, comment),
    user: renderUser(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: describeAssociation(repository, comment.author),
    body: comment.body,
    reactions: renderReactions(url),
    performed_via_github_app: null,
    pin: null,
    minimized: comment.minimizedReason === null ? null : { reason: comment.minimizedReason },
  };
}

export function commentNodeId(repository: Repository, comment: CommentRecord): string {
  return encodeNodeId("IC", repository.id, comment.id);
}

function commentPage(world: GitHubState, repository: Repository, comment: CommentRecord): string {
  return `${pageUrl(world, repository)}/issues/${comment.issueNumber}#issuecomment-${comment.id}`;
}
