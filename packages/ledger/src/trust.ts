import type { GitHubActor, GitHubComment } from "@patchpilot/github";

/** Accounts whose records count beside our own: `github-actions[bot]`, `41898282`, `my-app`. */
export type TrustedAuthors = readonly string[];

/**
 * Whether a comment is ours: we wrote it, or a trusted account did, and nobody else edited it. Accounts are
 * compared by database id or by login without the `[bot]` that only REST writes, and never by login alone for
 * people: a person may call himself like a bot.
 */
export function isOurs(comment: GitHubComment, trusted: TrustedAuthors): boolean {
  const written = comment.viewerDidAuthor || isTrusted(comment.author, trusted);
  return written && isUntouched(comment, trusted);
}

function isUntouched(comment: GitHubComment, trusted: TrustedAuthors): boolean {
  const { editor, author } = comment;
  if (editor === null || isTrusted(editor, trusted)) return true;
  return (
    author !== null &&
    editor.__typename === author.__typename &&
    editor.databaseId != null &&
    editor.databaseId === author.databaseId
  );
}

function isTrusted(actor: GitHubActor, trusted: TrustedAuthors): boolean {
  if (actor === null) return false;
  return trusted.some((entry) => {
    if (/^\d+$/.test(entry)) return actor.databaseId === Number(entry);
    if (entry.endsWith("[bot]")) return actor.__typename === "Bot" && actor.login === entry.slice(0, -5);
    return actor.login === entry;
  });
}
