import {
  COMMENT,
  commentSchema,
  type GitHub,
  type GitHubComment,
  type RepositoryName,
  readAllComments,
} from "@patchpilot/github";
import type { Incident, Stored } from "@patchpilot/incident";
import * as z from "zod";

const AGAIN = `query RecordsAgain($ids: [ID!]!, $issues: [ID!]!) {
  nodes(ids: $ids) { id ... on IssueComment { body } }
  issues: nodes(ids: $issues) { id ... on Issue { comments(last: 100) { totalCount nodes { ${COMMENT} } } } }
}`;
const commentsSchema = z.looseObject({ totalCount: z.number(), nodes: z.array(commentSchema) });
const reply = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.string(), body: z.string().optional() }).nullable()),
  issues: z.array(z.looseObject({ id: z.string(), comments: commentsSchema.optional() }).nullable()),
});

/** In one request: 100 comments that are rewritten, and ten issues with their newest 100 comments. */
const RECORDS = 100;
const ISSUES = 10;

/** What the issues hold now. */
export type Again = {
  /** Comments that moved on or are gone. */
  readonly moved: ReadonlySet<string>;
  /** All comments of the issues that were asked about, by number. */
  readonly comments: ReadonlyMap<number, readonly GitHubComment[]>;
};

/**
 * Reads again what is about to be rewritten: last write wins, so a run that read an older text must not be the last. Of
 * issues on which something is about to be said once it reads all comments, for another run may have said it.
 */
export async function readAgain(
  github: GitHub,
  name: RepositoryName,
  records: readonly Stored<unknown>[],
  issues: readonly Pick<Incident, "number" | "nodeId">[],
): Promise<Again> {
  const moved = new Set<string>();
  const comments = new Map<number, readonly GitHubComment[]>();
  for (let part = 0; part * RECORDS < records.length || part * ISSUES < issues.length; part += 1) {
    const batch = records.slice(part * RECORDS, (part + 1) * RECORDS);
    const about = issues.slice(part * ISSUES, (part + 1) * ISSUES);
    const ids = { ids: batch.map(({ commentId }) => commentId), issues: about.map(({ nodeId }) => nodeId) };
    const answer = await github.query(AGAIN, ids, reply);
    const bodies = new Map(answer.nodes.flatMap((node) => (node ? [[node.id, node.body] as const] : [])));
    for (const record of batch) if (bodies.get(record.commentId) !== record.body) moved.add(record.commentId);
    for (const { number, nodeId } of about) {
      const found = answer.issues.find((node) => node?.id === nodeId)?.comments;
      if (found === undefined) continue;
      const isWhole = found.totalCount <= found.nodes.length;
      comments.set(number, isWhole ? found.nodes : await readAllComments(github, name, number));
    }
  }
  return { moved, comments };
}
