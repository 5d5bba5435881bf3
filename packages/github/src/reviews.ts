import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { askFields, nodes } from "./repository-query.ts";

const MOST_COMMITS = 100;
const commitSchema = z.looseObject({ commit: z.looseObject({ message: z.string() }) });
const commitsSchema = z
  .looseObject({ commits: nodes(commitSchema.nullable()).extend({ totalCount: z.number() }) })
  .nullish();

/**
 * Messages of the commits of pull requests, in one request.
 * @returns by number; a pull request with more than 100 commits, or that is gone, is absent
 */
export async function readCommitMessages(
  github: GitHub,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<Map<number, string[]>> {
  const fields = numbers.map(
    (number) =>
      `p${number}: pullRequest(number: ${number}) { commits(first: ${MOST_COMMITS}) { totalCount nodes { commit { message } } } }`,
  );
  const found = await askFields(github, repository, { name: "PullCommits", fields });
  return new Map(
    numbers.flatMap((number): [number, string[]][] => {
      const commits = readReply(commitsSchema, found?.[`p${number}`], `pull request ${number}`)?.commits;
      if (commits === undefined || commits.totalCount > MOST_COMMITS) return [];
      return [[number, commits.nodes.flatMap((node) => node?.commit.message ?? [])]];
    }),
  );
}

/** A review as a worker needs it: a person's words. */
export type Review = {
  readonly author: string;
  readonly text: string;
  readonly comments: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly body: string;
  }[];
};

const reviewSchema = z.looseObject({
  author: z.looseObject({ login: z.string() }).nullable(),
  body: z.string(),
  comments: nodes(
    z.looseObject({ path: z.string(), line: z.number().nullish(), body: z.string() }).nullable(),
  ),
});
const REVIEW = `query Review($id: ID!) {
  node(id: $id) { ... on PullRequestReview { author { login } body comments(first: 50) { nodes { path line body } } } }
}`;

/** A review with its first 50 comments on lines; undefined where it is gone. */
export async function readReview(github: GitHub, id: string): Promise<Review | undefined> {
  const reply = await github.query(REVIEW, { id }, z.looseObject({ node: reviewSchema.nullable() }));
  if (reply.node === null) return undefined;
  const { author, body, comments } = reply.node;
  return {
    author: author?.login ?? "ghost",
    text: body,
    comments: comments.nodes.flatMap((comment) =>
      comment === null ? [] : [{ path: comment.path, line: comment.line ?? null, body: comment.body }],
    ),
  };
}
