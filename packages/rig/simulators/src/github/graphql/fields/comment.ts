import { commentNodeId, commentPage } from "../../render/comment.ts";
import { requireIssue } from "../../state/issues/issues.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import { actorSource, type CommentSource, issueSource, repositorySource } from "../sources.ts";

export const commentFields: ResolverTable = fields<CommentSource>("IssueComment", {
  id: ({ repository, record }) => commentNodeId(repository, record),
  databaseId: ({ record }) => record.id,
  fullDatabaseId: ({ record }) => String(record.id),
  body: ({ record }) => record.body,
  author: ({ record }) => actorSource(record.author),
  editor: ({ record }) => actorSource(record.editor),
  viewerDidAuthor: ({ record }, _, { token }) => record.author.id === token.actor.id,
  isMinimized: ({ record }) => record.minimizedReason !== null,
  minimizedReason: ({ record }) => record.minimizedReason,
  createdAt: ({ record }) => record.createdAt,
  updatedAt: ({ record }) => record.updatedAt,
  publishedAt: ({ record }) => record.createdAt,
  lastEditedAt: ({ record }) => record.lastEditedAt,
  includesCreatedEdit: ({ record }) => record.lastEditedAt !== null,
  url: ({ repository, record }, _, { world }) => commentPage(world, repository, record),
  issue: ({ repository, record }, _, { view }) =>
    issueSource(repository, requireIssue(repository, record.issueNumber, view.version("issues"))),
  repository: ({ repository }) => repositorySource(repository),
});
