import type { GitHubComment } from "@patchpilot/github";
import {
  type AttemptRecord,
  type DispatchRecord,
  type ImpactRecord,
  type IncidentRecord,
  type PlanRecord,
  RECORD_VERSION,
  type Records,
  type RecoveryRecord,
  type Stored,
  schemaOf,
} from "@patchpilot/incident";
import type { Belief } from "./belief.ts";
import { decodeData, findHiddenLine, type HiddenLine, isAuthentic } from "./hidden-line.ts";
import { isOurs } from "./trust.ts";

type Kept = { readonly comment: GitHubComment; readonly line: HiddenLine; readonly data: unknown };

/** Reads the records out of an issue's comments: ours, whole, signed, one of each kind. Pure. */
export function readRecords(issue: number, comments: readonly GitHubComment[], belief: Belief): Records {
  const rejected: { commentId: string; reason: string }[] = [];
  const kept = new Map<string, Kept>();
  const duplicates: string[] = [];
  let newerVersion: number | undefined;
  for (const comment of [...comments].sort(byAge)) {
    const line = findHiddenLine(comment.body);
    if (line === undefined) continue;
    const judged = "reason" in line ? line : judge(issue, comment, line, belief);
    if (judged === undefined) continue;
    if ("reason" in judged) {
      if (!comment.isMinimized) rejected.push({ commentId: comment.id, reason: judged.reason });
      continue;
    }
    if (judged.line.version > RECORD_VERSION) {
      newerVersion = judged.line.version;
      continue;
    }
    const earlier = kept.get(judged.line.kind);
    const [winner, loser] =
      earlier === undefined
        ? [judged]
        : earlier.line.seq >= judged.line.seq
          ? [earlier, judged]
          : [judged, earlier];
    kept.set(judged.line.kind, winner as Kept);
    if (loser && !loser.comment.isMinimized) duplicates.push(loser.comment.id);
  }
  return {
    ...arrange(kept),
    rejected,
    duplicates,
    ...(newerVersion === undefined ? {} : { newerVersion }),
  };
}

const byAge = (a: GitHubComment, b: GitHubComment): number =>
  a.createdAt.localeCompare(b.createdAt) || (a.databaseId ?? 0) - (b.databaseId ?? 0);

function judge(
  issue: number,
  comment: GitHubComment,
  line: HiddenLine,
  belief: Belief,
): Kept | { readonly reason: string } | undefined {
  if (!isOurs(comment, belief.trusted)) return { reason: "it was written or edited by another account" };
  if (!isAuthentic(belief.signer, issue, line))
    return { reason: "its signature does not hold under `state-key`" };
  if (line.version > RECORD_VERSION) return { comment, line, data: {} };
  const schema = schemaOf(line.kind);
  // Within a major version a newer action may write kinds that this one has no use for.
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(decodeData(line));
  return parsed.success ? { comment, line, data: parsed.data } : { reason: "its data is corrupt" };
}

function arrange(kept: ReadonlyMap<string, Kept>): Omit<Records, "rejected" | "duplicates" | "newerVersion"> {
  const stored = <T>(record: Kept): Stored<T> => ({
    data: record.data as T,
    seq: record.line.seq,
    commentId: record.comment.id,
    body: record.comment.body,
    writtenAt: record.comment.lastEditedAt ?? record.comment.createdAt,
  });
  const numbered = <T>(name: string): Map<number, Stored<T>> =>
    new Map(
      [...kept]
        .filter(([kind]) => kind.startsWith(`${name}/`))
        .map(([kind, record]) => [Number(kind.slice(name.length + 1)), stored<T>(record)]),
    );
  const incident = kept.get("incident");
  const impact = kept.get("impact");
  const dispatch = kept.get("dispatch");
  const plans = numbered<PlanRecord>("plan");
  return {
    ...(incident ? { incident: stored<IncidentRecord>(incident) } : {}),
    ...(impact ? { impact: stored<ImpactRecord>(impact) } : {}),
    ...(dispatch ? { dispatch: stored<DispatchRecord>(dispatch) } : {}),
    ...(plans.size > 0 ? { plans } : {}),
    attempts: numbered<AttemptRecord>("attempt"),
    recoveries: numbered<RecoveryRecord>("recovery"),
  };
}
