import type { Resolver } from "../resolver.ts";
import { actorSource, type CommentSource, type IssueSource, repositorySource } from "../sources.ts";

/** What all that people write has: issues, pull requests and comments. */
export const writtenFields: Readonly<Record<string, Resolver<IssueSource | CommentSource>["resolve"]>> = {
  author: ({ record }) => actorSource(record.author),
  editor: ({ record }) => actorSource(record.editor),
  viewerDidAuthor: ({ record }, _, { token }) => record.author.id === token.actor.id,
  createdAt: ({ record }) => record.createdAt,
  updatedAt: ({ record }) => record.updatedAt,
  publishedAt: ({ record }) => record.createdAt,
  lastEditedAt: ({ record }) => record.lastEditedAt,
  includesCreatedEdit: ({ record }) => record.lastEditedAt !== null,
  repository: ({ repository }) => repositorySource(repository),
};
