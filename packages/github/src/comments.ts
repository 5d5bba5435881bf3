import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { COMMENT, commentSchema, type GitHubComment } from "./issue-fields.ts";
import { askInPortions, ONCE, type Portion } from "./portions.ts";
import { page, repositoryReply } from "./repository-query.ts";

const commentsReply = repositoryReply({
  issue: z.looseObject({ comments: page(commentSchema) }).nullable(),
});
const COMMENTS = `query Comments($owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      comments(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } }
    }
  }
}`;

/** Reads an issue's comments from the first one on, at most 1,000: only where a record is known to be missing. */
export async function readAllComments(
  github: GitHub,
  name: RepositoryName,
  number: number,
): Promise<GitHubComment[]> {
  const comments: GitHubComment[] = [];
  let after: string | null = null;
  while (comments.length < 1000) {
    const ask = ({ size }: Portion) =>
      github.query(COMMENTS, { ...name, number, first: size(100), after }, commentsReply, ONCE);
    const reply: z.output<typeof commentsReply> = await askInPortions(github, ask);
    const found = reply.repository.issue?.comments;
    if (found === undefined) return comments;
    comments.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return comments;
    after = found.pageInfo.endCursor;
  }
  return comments;
}
