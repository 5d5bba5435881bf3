import type { GitHubComment } from "@patchpilot/github";
import {
  addRecords,
  NO_RECORDS,
  parseKind,
  RECORD_VERSION,
  type Records,
  type Stored,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { Belief } from "./belief.ts";
import { decodeData, findHiddenLine, isAuthentic } from "./hidden-line.ts";
import { isOurs } from "./trust.ts";

type Judged =
  | { readonly kind: string; readonly stored: Stored<unknown> }
  | { readonly reason: string }
  | { readonly newerVersion: number };

/** Reads the records out of an issue's comments: ours, whole, signed, one of each kind. Pure. */
export function readRecords(issue: number, comments: readonly GitHubComment[], belief: Belief): Records {
  const rejected: { commentId: string; reason: string }[] = [];
  const kept = new Map<string, Stored<unknown>>();
  const duplicates: string[] = [];
  const hidden = new Set(comments.filter(({ isMinimized }) => isMinimized).map(({ id }) => id));
  let newerVersion: number | undefined;
  for (const comment of [...comments].sort(byAge)) {
    const judged = judge(issue, comment, belief);
    if (judged === undefined) continue;
    if ("reason" in judged) {
      if (!comment.isMinimized) rejected.push({ commentId: comment.id, reason: judged.reason });
    } else if ("newerVersion" in judged) {
      newerVersion = judged.newerVersion;
    } else {
      const { kind, stored } = judged;
      const earlier = kept.get(kind);
      const isOutdated = earlier !== undefined && earlier.seq >= stored.seq;
      if (!isOutdated) kept.set(kind, stored);
      const loser = isOutdated ? stored : earlier;
      if (loser && !hidden.has(loser.commentId)) duplicates.push(loser.commentId);
    }
  }
  return { ...addRecords(NO_RECORDS, kept), rejected, duplicates, ...omitUndefined({ newerVersion }) };
}

const byAge = (a: GitHubComment, b: GitHubComment): number =>
  a.createdAt.localeCompare(b.createdAt) || (a.databaseId ?? 0) - (b.databaseId ?? 0);

/** Undefined: the comment is no record, or one of a kind that this version does not know. */
function judge(issue: number, comment: GitHubComment, belief: Belief): Judged | undefined {
  const line = findHiddenLine(comment.body);
  if (line === undefined || "reason" in line) return line;
  if (!isOurs(comment, belief.trusted)) return { reason: "it was written or edited by another account" };
  if (!isAuthentic(belief.signer, issue, line)) return { reason: "its signature does not match `state-key`" };
  if (line.version > RECORD_VERSION) return { newerVersion: line.version };
  const { kind, seq } = line;
  const known = parseKind(kind);
  // Within a major version a newer action may write kinds that this one has no use for.
  if (known === undefined) return undefined;
  const parsed = known.line.schema.safeParse(decodeData(line));
  if (!parsed.success) return { reason: "its data is corrupt" };
  const { id: commentId, databaseId, body, lastEditedAt, createdAt } = comment;
  return {
    kind,
    stored: {
      data: parsed.data,
      seq,
      commentId,
      body,
      ...(databaseId == null ? {} : { commentNumber: databaseId }),
      writtenAt: lastEditedAt ?? createdAt,
      ...(comment.isMinimized ? { isHidden: true } : {}),
    },
  };
}
