import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { COMMENT, commentSchema, type GitHubComment } from "./issue-fields.ts";

const commentsReply = z.looseObject({
  repository: z
    .looseObject({
      issue: z
        .looseObject({
          comments: z.looseObject({
            pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
            nodes: z.array(commentSchema),
          }),
        })
        .nullable(),
    })
    .nullable(),
});
const COMMENTS = `query Comments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } }
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
    const reply: z.output<typeof commentsReply> = await github.query(
      COMMENTS,
      { ...name, number, after },
      commentsReply,
    );
    const page = reply.repository?.issue?.comments;
    if (page === undefined) return comments;
    comments.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return comments;
    after = page.pageInfo.endCursor;
  }
  return comments;
}
