import * as z from "zod";
import { isForbiddenCheck } from "./checks.ts";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { askFields, nodes, splitEvery } from "./repository-query.ts";

/** A pull request as the settling of attempts needs it. */
export type ProposedPull = {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly mergeCommit: string | null;
  readonly mergedAt: string | null;
  readonly branch: string;
  /** Newest commit of the branch while the pull request was open. */
  readonly headOid: string;
  /** Reviews by people with write access whose last word is that changes are needed, oldest first; absent: none. */
  readonly changeRequests?: readonly string[];
  /** What GitHub sums up of its newest commit, where that was asked for and the pull request is open. */
  readonly checks?: "red" | "not-red" | "forbidden";
};

const reviewSchema = z.looseObject({
  id: z.string(),
  state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
  submittedAt: z.string().nullable(),
  author: z.looseObject({ __typename: z.string() }).nullable(),
});
const rollupState = z.enum(["ERROR", "EXPECTED", "FAILURE", "PENDING", "SUCCESS"]);
const pullSchema = z.looseObject({
  number: z.number(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  headRefName: z.string(),
  headRefOid: z.string(),
  latestOpinionatedReviews: nodes(reviewSchema.nullable()).nullable(),
  mergedAt: z.string().nullable(),
  mergeCommit: z.looseObject({ oid: z.string() }).nullable(),
  commits: nodes(
    z.looseObject({
      commit: z.looseObject({ statusCheckRollup: z.looseObject({ state: rollupState }).nullable() }),
    }),
  ).optional(),
});

const BRANCHES_PER_QUERY = 50;

/**
 * Reads the pull requests of branches, 50 branches a request. A fork's branch of the same name is not ours.
 * @param withChecks also whether checks are red; a token that may not read them learns that, and gets the rest
 * @returns the newest pull request of each branch that has one.
 */
export async function readPullRequests(
  github: GitHub,
  repository: RepositoryName,
  branches: readonly string[],
  withChecks = false,
): Promise<Map<string, ProposedPull>> {
  const found = new Map<string, ProposedPull>();
  let isForbidden = false;
  for (const batch of splitEvery(branches, BRANCHES_PER_QUERY)) {
    const answer = await askFields(github, repository, {
      name: "PullRequests",
      parameters: batch.map((_, index) => `, $b${index}: String!`),
      variables: Object.fromEntries(batch.map((branch, index) => [`b${index}`, branch])),
      fields: batch.map((_, index) => composePulls(index, withChecks)),
      spares: (error) => {
        const isSpared = isForbiddenCheck(error);
        isForbidden ||= isSpared;
        return isSpared;
      },
    });
    for (const [index, branch] of batch.entries()) {
      const pulls = readReply(
        nodes(pullSchema),
        answer[`p${index}`] ?? { nodes: [] },
        "pull requests of branches",
      );
      const pull = pulls.nodes.find((node) => !node.isCrossRepository);
      if (pull) found.set(branch, toPullRequest(pull, isForbidden));
    }
  }
  return found;
}

const CHECKS = "commits(last: 1) { nodes { commit { statusCheckRollup { state } } } }";

const composePulls = (
  index: number,
  withChecks: boolean,
) => `p${index}: pullRequests(headRefName: $b${index}, first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number url state isDraft isCrossRepository headRefName headRefOid mergedAt mergeCommit { oid } ${withChecks ? CHECKS : ""}
        latestOpinionatedReviews(first: 10, writersOnly: true) { nodes { id state submittedAt author { __typename } } } }
    }`;

const STATES = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

const toPullRequest = (pull: z.output<typeof pullSchema>, isForbidden: boolean): ProposedPull => ({
  number: pull.number,
  url: pull.url,
  state: STATES[pull.state],
  draft: pull.isDraft,
  mergeCommit: pull.mergeCommit?.oid ?? null,
  mergedAt: pull.mergedAt,
  branch: pull.headRefName,
  headOid: pull.headRefOid,
  changeRequests: listChangeRequests(pull),
  ...sumUpChecks(pull, isForbidden),
});

function sumUpChecks(
  { state, commits }: z.output<typeof pullSchema>,
  isForbidden: boolean,
): Pick<ProposedPull, "checks"> {
  if (commits === undefined || state !== "OPEN") return {};
  if (isForbidden) return { checks: "forbidden" };
  const sum = commits.nodes[0]?.commit.statusCheckRollup?.state;
  return { checks: sum === "FAILURE" || sum === "ERROR" ? "red" : "not-red" };
}

/** A bot's review asks a person for nothing that a worker should hear. */
const listChangeRequests = ({ latestOpinionatedReviews: reviews }: z.output<typeof pullSchema>): string[] =>
  (reviews?.nodes ?? [])
    .flatMap((review) => review ?? [])
    .filter(({ state, author }) => state === "CHANGES_REQUESTED" && author?.__typename === "User")
    .sort((a, b) => (a.submittedAt ?? "").localeCompare(b.submittedAt ?? ""))
    .map(({ id }) => id);
