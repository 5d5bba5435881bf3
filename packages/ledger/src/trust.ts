import type { GitHubActor, GitHubComment } from "@patchpilot/github";

/** Accounts whose records count beside our own: ids of anybody, logins of apps with or without `[bot]`. */
export type TrustedAuthors = readonly string[];

/**
 * Whether a comment is ours: we wrote it, or a trusted account did, and nobody else edited it. Accounts are
 * compared by database id; apps also by login, with or without the `[bot]` that only REST writes. A person is never
 * known by login alone: anyone may take the name of an app, or a name that its owner gave up.
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
    return actor.__typename === "Bot" && slugOf(actor.login) === slugOf(entry);
  });
}

const slugOf = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, "");
