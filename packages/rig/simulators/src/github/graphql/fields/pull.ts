import { listPullCommits } from "../../state/issues/pulls.ts";
import { closingNumbers } from "../../state/issues/timeline.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import type { ReviewCommentRecord } from "../../state/records.ts";
import { connectInOrder, connectSorted, PAGING } from "../connection.ts";
import {
  type Arguments,
  fields,
  type Resolver,
  type ResolverContext,
  type ResolverTable,
  taking,
} from "../resolver.ts";
import {
  actorSource,
  issueSource,
  objectSource,
  type PullSource,
  type ReviewSource,
  refSource,
  reviewSource,
} from "../sources.ts";
import { sharedFields } from "./issue.ts";

export const pullFields: ResolverTable = {
  ...fields<PullSource>("PullRequest", {
    ...(sharedFields as unknown as Record<string, Resolver<PullSource>>),
    state: ({ record }) => (record.pull.mergedAt === null ? record.state.toUpperCase() : "MERGED"),
    isDraft: ({ record }) => record.pull.draft,
    mergedAt: ({ record }) => record.pull.mergedAt,
    mergeCommit: ({ repository, record }) =>
      objectSource(repository, record.pull.mergeCommitOid ?? undefined),
    headRefName: ({ record }) => record.pull.headRef,
    baseRefName: ({ record }) => record.pull.baseRef,
    headRefOid: ({ record }) => record.pull.headOid,
    isCrossRepository: () => false,
    baseRef: taking(
      [],
      ({ repository, record }, _, { view }) => {
        const name = `refs/heads/${record.pull.baseRef}`;
        const oid = repository.git.refs.get(name, view.version("refs"));
        return oid === undefined ? null : refSource(repository, { name, oid });
      },
      { contents: "read" },
    ),
    commits: taking(PAGING, (source, args) =>
      connectInOrder(listPullCommits(source.repository, source.record), args, (oid) => ({
        commit: objectSource(source.repository, oid),
      })),
    ),
    closingIssuesReferences: taking(PAGING, closingIssues),
    latestOpinionatedReviews: taking([...PAGING, "writersOnly"], opinions),
  }),
  ...fields<ReviewSource>("PullRequestReview", {
    id: ({ repository, record }) => encodeNodeId("PRR", repository.id, record.id),
    state: ({ record }) => record.state.toUpperCase(),
    body: ({ record }) => record.body,
    author: ({ record }) => actorSource(record.author),
    submittedAt: ({ record }) => record.submittedAt,
    comments: taking(PAGING, ({ record }, args) =>
      connectInOrder(record.comments, args, (comment) => comment),
    ),
  }),
  ...fields<ReviewCommentRecord>("PullRequestReviewComment", {
    path: ({ path }) => path,
    line: ({ line }) => line,
    body: ({ body }) => body,
  }),
};

const WRITERS: readonly (string | undefined)[] = ["admin", "maintain", "write"];

/** The last judgement of each reviewer; a comment is none. */
function opinions({ repository, record }: PullSource, args: Arguments, { view }: ResolverContext): unknown {
  const judged = repository.reviews
    .listGroup(record.number, view.version("pulls"))
    .filter(({ state }) => state !== "commented")
    .filter(
      ({ author }) =>
        args["writersOnly"] !== true || WRITERS.includes(repository.roles.get(author.login.toLowerCase())),
    );
  const latest = judged.filter((review, index) =>
    judged.slice(index + 1).every(({ author }) => author.id !== review.author.id),
  );
  return connectSorted(latest, args, { keyOf: ({ id }) => [id] }, (review) =>
    reviewSource(repository, review),
  );
}

function closingIssues(
  { repository, record }: PullSource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const issues = closingNumbers(record.body ?? "", repository.fullName)
    .map((number) => repository.issues.get(number, view.version("issues")))
    .filter((issue) => issue !== undefined && issue.pull === null);
  return connectSorted(issues, args, { keyOf: (issue) => [issue?.number ?? 0] }, (issue) =>
    issue === undefined ? null : issueSource(repository, issue),
  );
}
