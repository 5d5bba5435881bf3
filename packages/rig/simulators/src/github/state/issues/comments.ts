import { renderComment } from "../../render/comment.ts";
import { renderIssue } from "../../render/issue.ts";
import { announce } from "../events.ts";
import type { CommentRecord } from "../records.ts";
import { GitHubRefusal, notFound, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import { checkBody, requireIssue, reviseIssue } from "./issues.ts";
import { noteMentions } from "./timeline.ts";

export function requireComment(repository: Repository, id: number, version?: number): CommentRecord {
  const comment = repository.comments.get(id, version);
  if (comment === undefined) throw notFound();
  return comment;
}

export function writeComment(scope: WriteScope, issueNumber: number, body: string): CommentRecord {
  const { world, repository, hand } = scope;
  const issue = requireIssue(repository, issueNumber);
  if (issue.locked && hand.actor.type === "Bot")
    throw new GitHubRefusal("FORBIDDEN", "Unable to create comment because issue is locked");
  checkCommentBody(body);
  const now = world.now();
  const comment: CommentRecord = {
    id: world.takeId(),
    issueNumber,
    author: hand.actor,
    editor: null,
    body,
    createdAt: now,
    updatedAt: now,
    lastEditedAt: null,
    minimizedReason: null,
  };
  repository.comments.set(comment.id, comment);
  reviseIssue(scope, issue, {});
  noteMentions(scope, body, issueNumber);
  announceComment(scope, comment, "created");
  return comment;
}

export function editComment(scope: WriteScope, id: number, body: string): CommentRecord {
  const { world, repository, hand } = scope;
  const comment = requireComment(repository, id);
  checkCommentBody(body);
  if (body === comment.body) return comment;
  const now = world.now();
  const edited = { ...comment, body, editor: hand.actor, lastEditedAt: now, updatedAt: now };
  repository.comments.set(id, edited);
  noteMentions(scope, body, comment.issueNumber);
  announceComment(scope, edited, "edited", { changes: { body: { from: comment.body } } });
  return edited;
}

export function deleteComment(scope: WriteScope, id: number): void {
  const comment = requireComment(scope.repository, id);
  scope.repository.comments.delete(id);
  announceComment(scope, comment, "deleted");
}

/** Hides a comment. GitHub announces no event for it. */
export function minimizeComment({ repository }: WriteScope, id: number, classifier: string): CommentRecord {
  const minimizedReason = classifier.toLowerCase().replaceAll("_", "-");
  return repository.comments.set(id, { ...requireComment(repository, id), minimizedReason });
}

/** Comments of one issue, oldest first. */
export function listIssueComments(
  repository: Repository,
  issueNumber: number,
  version?: number,
): CommentRecord[] {
  return repository.comments.listGroup(issueNumber, version);
}

function checkCommentBody(body: string): void {
  if (body.trim() === "") {
    throw validationFailed({ resource: "IssueComment", field: "body", code: "missing_field" });
  }
  checkBody(body, "IssueComment");
}

function announceComment(
  scope: WriteScope,
  comment: CommentRecord,
  action: "created" | "edited" | "deleted",
  more: Readonly<Record<string, unknown>> = {},
): void {
  const { world, repository } = scope;
  const issue = requireIssue(repository, comment.issueNumber);
  announce(scope, {
    event: "issue_comment",
    action,
    about: () => ({
      issue: renderIssue(world, repository, issue),
      comment: renderComment(world, repository, comment),
      ...more,
    }),
  });
}
