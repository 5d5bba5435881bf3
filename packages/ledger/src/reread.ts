import {
  askInPortions,
  COMMENT,
  commentSchema,
  type GitHub,
  type GitHubComment,
  ONCE,
  type Portion,
  type RepositoryName,
  readAllComments,
  splitEvery,
} from "@patchpilot/github";
import type { Incident, Stored } from "@patchpilot/incident";
import * as z from "zod";

const AGAIN = `query RecordsAgain($ids: [ID!]!, $issues: [ID!]!) {
  nodes(ids: $ids) { id ... on IssueComment { body } }
  issues: nodes(ids: $issues) { id ... on Issue { comments(last: 40) { totalCount nodes { ${COMMENT} } } } }
}`;
const commentsSchema = z.looseObject({ totalCount: z.number(), nodes: z.array(commentSchema) });
const reply = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.string(), body: z.string().optional() }).nullable()),
  issues: z.array(z.looseObject({ id: z.string(), comments: commentsSchema.optional() }).nullable()),
});

/** In one request, if GitHub can answer it: 100 comments that are rewritten, and 50 issues. */
const RECORDS = 100;
const ISSUES = 50;

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
  const { bodies, found } = await askInPortions(github, (portion) =>
    askAgain(github, records, issues, portion),
  );
  const moved = records.filter(({ commentId, body }) => bodies.get(commentId) !== body);
  const comments = new Map<number, readonly GitHubComment[]>();
  for (const { number, nodeId } of issues) {
    const last = found.get(nodeId);
    if (last === undefined) continue;
    const isWhole = last.totalCount <= last.nodes.length;
    comments.set(number, isWhole ? last.nodes : await readAllComments(github, name, number));
  }
  return { moved: new Set(moved.map(({ commentId }) => commentId)), comments };
}

/** What GitHub holds of these now: bodies by comment, and the newest comments by issue. */
async function askAgain(
  github: GitHub,
  records: readonly Stored<unknown>[],
  issues: readonly Pick<Incident, "nodeId">[],
  { size }: Portion,
) {
  const rewritten = splitEvery(records, size(RECORDS));
  const told = splitEvery(issues, size(ISSUES));
  const bodies = new Map<string, string | undefined>();
  const found = new Map<string, z.output<typeof commentsSchema>>();
  for (let part = 0; part < Math.max(rewritten.length, told.length); part += 1) {
    const ids = (rewritten[part] ?? []).map(({ commentId }) => commentId);
    const asked = { ids, issues: (told[part] ?? []).map(({ nodeId }) => nodeId) };
    const answer = await github.query(AGAIN, asked, reply, ONCE);
    for (const node of answer.nodes) if (node) bodies.set(node.id, node.body);
    for (const node of answer.issues) if (node?.comments) found.set(node.id, node.comments);
  }
  return { bodies, found };
}
