import { renderComment } from "../../render/comment.ts";
import type { TokenPermissions } from "../../state/accounts/permissions.ts";
import {
  deleteComment,
  editComment,
  listIssueComments,
  requireComment,
  writeComment,
} from "../../state/issues/comments.ts";
import { requireIssue } from "../../state/issues/issues.ts";
import type { CommentRecord } from "../../state/records.ts";
import { inRepository, onIssue, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { created, NO_CONTENT, okReply, type RestReply } from "../reply.ts";

const PAGE = ["since", "per_page", "page"];

export const commentOperations: RestOperations = {
  "issues/list-comments": inRepository(onIssue("read"), { query: PAGE }, (call) => {
    const number = readNumber(call.path, "issue_number");
    requireIssue(call.repository, number, call.view.version("issues"));
    return list(call, listIssueComments(call.repository, number, call.view.version("comments")));
  }),
  "issues/list-comments-for-repo": inRepository(
    { issues: "read" },
    { query: [...PAGE, "sort", "direction"] },
    (call) => {
      const key = call.query["sort"] === "updated" ? "updatedAt" : "createdAt";
      const sign = call.query["direction"] === "desc" ? -1 : 1;
      const comments = call.repository.comments.list(call.view.version("comments"));
      return list(
        call,
        comments.sort(
          (left, right) =>
            sign * (left[key] < right[key] ? -1 : left[key] > right[key] ? 1 : left.id - right.id),
        ),
      );
    },
  ),
  "issues/get-comment": inRepository(onComment("read"), {}, (call) =>
    okReply(toReply(call)(requireComment(call.repository, commentId(call), call.view.version("comments")))),
  ),
  "issues/create-comment": inRepository(onIssue("write"), { body: ["body"] }, (call) => {
    const comment = writeComment(
      call.scope,
      readNumber(call.path, "issue_number"),
      String(call.body["body"]),
    );
    return created(toReply(call)(comment));
  }),
  "issues/update-comment": inRepository(onComment("write"), { body: ["body"] }, (call) =>
    okReply(toReply(call)(editComment(call.scope, commentId(call), String(call.body["body"])))),
  ),
  "issues/delete-comment": inRepository(onComment("write"), {}, (call) => {
    deleteComment(call.scope, commentId(call));
    return NO_CONTENT;
  }),
};

/** A comment on a pull request may be reached with the permission for pull requests too. */
function onComment(level: "read" | "write"): (call: RepositoryCall) => readonly TokenPermissions[] {
  return (call) => {
    const comment = call.repository.comments.get(commentId(call));
    const issue = comment === undefined ? undefined : call.repository.issues.get(comment.issueNumber);
    return issue?.pull != null ? [{ issues: level }, { pull_requests: level }] : [{ issues: level }];
  };
}

function commentId(call: RepositoryCall): number {
  return readNumber(call.path, "comment_id");
}

function toReply(call: RepositoryCall): (comment: CommentRecord) => object {
  return (comment) => renderComment(call.world, call.repository, comment);
}

function list(call: RepositoryCall, comments: readonly CommentRecord[]): RestReply {
  const { since } = call.query;
  const recent = comments.filter(
    ({ updatedAt }) => since === undefined || Date.parse(updatedAt) >= Date.parse(String(since)),
  );
  return pageReply(call, recent, toReply(call));
}
