import { compareTrees } from "../../git/diff.ts";
import { listCommits, mergeBase, reachable } from "../../git/history.ts";
import { isMergeable } from "../../git/merge.ts";
import { closingNumbers } from "../../state/issues/timeline.ts";
import { encodeNodeId } from "../../state/node-id.ts";
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
  type ReviewCommentSource,
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
    merged: ({ record }) => record.pull.mergedAt !== null,
    mergedAt: ({ record }) => record.pull.mergedAt,
    mergedBy: ({ record }) => actorSource(record.pull.mergedBy),
    mergeCommit: ({ repository, record }) =>
      objectSource(repository, record.pull.mergeCommitOid ?? undefined),
    mergeable,
    headRefName: ({ record }) => record.pull.headRef,
    headRefOid: ({ record }) => record.pull.headOid,
    headRef: branch("headRef"),
    baseRefName: ({ record }) => record.pull.baseRef,
    baseRefOid: ({ record }) => record.pull.baseOid,
    baseRef: branch("baseRef"),
    isCrossRepository: () => false,
    additions: (source) => sum(compareFiles(source).map((file) => file.additions)),
    deletions: (source) => sum(compareFiles(source).map((file) => file.deletions)),
    changedFiles: (source) => compareFiles(source).length,
    files: taking(PAGING, (source, args) => connectInOrder(compareFiles(source), args, (file) => file)),
    commits: taking(PAGING, (source, args) =>
      connectInOrder(listOids(source), args, (oid) => ({
        id: encodeNodeId("C", source.repository.id, `${source.record.number}:${oid}`),
        commit: objectSource(source.repository, oid),
      })),
    ),
    closingIssuesReferences: taking(PAGING, closingIssues),
    reviews: taking([...PAGING, "states"], reviews),
    latestOpinionatedReviews: taking([...PAGING, "writersOnly"], opinions),
  }),
  ...fields<ReviewSource>("PullRequestReview", {
    id: ({ repository, record }) => encodeNodeId("PRR", repository.id, record.id),
    databaseId: ({ record }) => record.id,
    state: ({ record }) => record.state.toUpperCase(),
    body: ({ record }) => record.body,
    author: ({ record }) => actorSource(record.author),
    commit: ({ repository, record }) => objectSource(repository, record.oid),
    submittedAt: ({ record }) => record.submittedAt,
    comments: taking(PAGING, ({ repository, record }, args) =>
      connectInOrder(record.comments, args, (comment) => ({
        __typename: "PullRequestReviewComment",
        repository,
        record: comment,
      })),
    ),
  }),
  ...fields<ReviewCommentSource>("PullRequestReviewComment", {
    id: ({ repository, record }) => encodeNodeId("PRRC", repository.id, record.id),
    path: ({ record }) => record.path,
    line: ({ record }) => record.line,
    body: ({ record }) => record.body,
  }),
  ...fields<ReturnType<typeof compareFiles>[number]>("PullRequestChangedFile", {
    path: ({ path }) => path,
    additions: ({ additions }) => additions,
    deletions: ({ deletions }) => deletions,
    changeType: ({ status }) => ({ added: "ADDED", removed: "DELETED", modified: "MODIFIED" })[status],
  }),
};

function reviews({ repository, record }: PullSource, args: Arguments, { view }: ResolverContext): unknown {
  const states: readonly string[] | null | undefined = args["states"];
  const found = repository.reviews
    .listGroup(record.number, view.version("pulls"))
    .filter(({ state }) => states == null || states.includes(state.toUpperCase()));
  return connectSorted(found, args, { keyOf: ({ id }) => [id] }, (review) =>
    reviewSource(repository, review),
  );
}

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

function compareFiles({ repository, record: { pull } }: PullSource) {
  return compareTrees(repository.git, mergeBase(repository.git, pull.baseOid, pull.headOid), pull.headOid);
}

function listOids({ repository, record: { pull } }: PullSource): string[] {
  const commits = listCommits(repository.git, pull.headOid, reachable(repository.git, pull.baseOid));
  return commits.map((commit) => commit.oid).reverse();
}

function mergeable({ repository, record }: PullSource): string {
  if (record.state === "closed") return "UNKNOWN";
  return isMergeable(repository.git, record.pull.baseOid, record.pull.headOid) ? "MERGEABLE" : "CONFLICTING";
}

function branch(side: "headRef" | "baseRef"): Resolver<PullSource>["resolve"] {
  return ({ repository, record }, _, { view }) => {
    const name = `refs/heads/${record.pull[side]}`;
    const oid = repository.git.refs.get(name, view.version("refs"));
    return oid === undefined ? null : refSource(repository, { name, oid });
  };
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
