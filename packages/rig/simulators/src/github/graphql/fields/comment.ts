import { commentNodeId } from "../../render/comment.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import type { CommentSource } from "../sources.ts";
import { writtenFields } from "./written.ts";

export const commentFields: ResolverTable = fields<CommentSource>("IssueComment", {
  ...writtenFields,
  id: ({ repository, record }) => commentNodeId(repository, record),
  databaseId: ({ record }) => record.id,
  body: ({ record }) => record.body,
  isMinimized: ({ record }) => record.minimizedReason !== null,
});
