import { commentNodeId, commentPage } from "../../render/comment.ts";
import { requireIssue } from "../../state/issues/issues.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import { type CommentSource, issueSource } from "../sources.ts";
import { writtenFields } from "./written.ts";

export const commentFields: ResolverTable = fields<CommentSource>("IssueComment", {
  ...writtenFields,
  id: ({ repository, record }) => commentNodeId(repository, record),
  databaseId: ({ record }) => record.id,
  fullDatabaseId: ({ record }) => String(record.id),
  body: ({ record }) => record.body,
  isMinimized: ({ record }) => record.minimizedReason !== null,
  minimizedReason: ({ record }) => record.minimizedReason,
  url: ({ repository, record }, _, { world }) => commentPage(world, repository, record),
  issue: ({ repository, record }, _, { view }) =>
    issueSource(repository, requireIssue(repository, record.issueNumber, view.version("issues"))),
});
