import type { Resolver } from "../resolver.ts";
import { actorSource, type CommentSource, type IssueSource } from "../sources.ts";

/** What all that people write has: issues, pull requests and comments. */
export const writtenFields: Readonly<Record<string, Resolver<IssueSource | CommentSource>["resolve"]>> = {
  author: ({ record }) => actorSource(record.author),
  editor: ({ record }) => actorSource(record.editor),
  viewerDidAuthor: ({ record }, _, { token }) => record.author.id === token.actor.id,
  createdAt: ({ record }) => record.createdAt,
  lastEditedAt: ({ record }) => record.lastEditedAt,
};
