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
      const commits = readReply(commitsSchema, found[`p${number}`], `pull request ${number}`)?.commits;
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

/** What someone said on a pull request. */
export type PullWords = {
  readonly login: string;
  readonly text: string;
  readonly at: string;
  /** Whether GitHub says already that this person may write. */
  readonly mayWrite: boolean;
};

const saidSchema = z.looseObject({
  author: z.looseObject({ __typename: z.string(), login: z.string() }).nullable(),
  body: z.string(),
});
const discussionSchema = z
  .looseObject({
    latestOpinionatedReviews: nodes(
      saidSchema.extend({ submittedAt: z.string().nullable() }).nullable(),
    ).nullable(),
    comments: nodes(saidSchema.extend({ createdAt: z.string(), isMinimized: z.boolean() }).nullable()),
  })
  .nullish();

/** What people said on a pull request, oldest first: each reviewer's last word, and the newest ten comments. */
export async function readPullWords(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<PullWords[]> {
  const fields = [
    `p: pullRequest(number: ${number}) {
      latestOpinionatedReviews(first: 10, writersOnly: true) { nodes { author { __typename login } body submittedAt } }
      comments(last: 10) { nodes { author { __typename login } body createdAt isMinimized } }
    }`,
  ];
  const { p } = await askFields(github, repository, { name: "PullWords", fields });
  const found = readReply(discussionSchema, p, "query PullWords");
  const reviews = (found?.latestOpinionatedReviews?.nodes ?? []).flatMap((review) =>
    toWords(review, review?.submittedAt, true),
  );
  const comments = (found?.comments.nodes ?? []).flatMap((comment) =>
    comment?.isMinimized === true ? [] : toWords(comment, comment?.createdAt, false),
  );
  return [...reviews, ...comments].sort((a, b) => a.at.localeCompare(b.at));
}

function toWords(
  said: z.output<typeof saidSchema> | null,
  at: string | null | undefined,
  mayWrite: boolean,
): PullWords[] {
  if (said === null || said.author?.__typename !== "User" || said.body.trim() === "") return [];
  return [{ login: said.author.login, text: said.body, at: at ?? "", mayWrite }];
}
