import type { GitHubActor, GitHubComment } from "@patchpilot/github";
import { recordBody, type Signer } from "../hidden-line.ts";

export const ISSUE = 12;
export const SIGNER: Signer = { repositoryId: 4242, keys: ["the newer key", "the older key"] };

export const BOT: GitHubActor = { __typename: "Bot", login: "github-actions", databaseId: 41898282 };
export const PERSON: GitHubActor = { __typename: "User", login: "maya", databaseId: 77 };

/** A comment that we wrote and nobody edited. */
export const commentOf = (body: string, changes: Partial<GitHubComment> = {}): GitHubComment => ({
  id: "IC_1",
  databaseId: 1,
  body,
  author: BOT,
  editor: null,
  viewerDidAuthor: true,
  isMinimized: false,
  createdAt: "2026-11-21T09:00:00Z",
  ...changes,
});

/** The comment of a record, signed as `signer` signs. */
export const recordComment = (
  kind: string,
  data: unknown,
  options: {
    readonly seq?: number;
    readonly signer?: Signer;
    readonly comment?: Partial<GitHubComment>;
  } = {},
): GitHubComment => {
  const { signer = SIGNER, seq = 1, comment } = options;
  return commentOf(
    recordBody({ belief: { signer } }, ISSUE, { kind, text: `### ${kind}`, data }, seq),
    comment,
  );
};
