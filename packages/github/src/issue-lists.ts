import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import {
  type GitHubRepository,
  REPOSITORY_FIELDS,
  repositorySchema,
  toRepository,
} from "./incident-repository.ts";
import { ACTOR, COMMENT, EVENT, type GitHubIssue, ISSUE_FIELDS, issueFieldsSchema } from "./issue-fields.ts";
import { OPEN_PULLS, type OpenPull, openPullsSchema, toOpenPulls } from "./open-pulls.ts";
import { ONCE } from "./portions.ts";
import { REFERENCES } from "./pull-references.ts";
import { page } from "./repository-query.ts";

/** One page of a list of issues. */
export type IssueList = {
  /** Issues that carry one of these; absent: whatever they carry. */
  readonly labels?: readonly string[];
  readonly state?: "OPEN" | "CLOSED";
  /** ISO 8601: only what changed since. */
  readonly changedSince?: string;
  readonly order: "newest-change" | "oldest";
  /** At most 100. */
  readonly first: number;
  /** `next` of the page before; absent or null: the first page. */
  readonly after?: string | null;
  /** Fewer comments (the first 10, the last 20) and no commands: enough for what is over or belongs to others. */
  readonly lean?: boolean;
};

/** What is asked for together. */
export type IssueQuestion = {
  /** At most 50. */
  readonly numbers?: readonly number[];
  readonly lists?: readonly IssueList[];
  /** The newest 100 open pull requests as well. */
  readonly openPulls?: boolean;
};

/** What one request asks for. */
export type OneQuestion = Omit<IssueQuestion, "openPulls"> & {
  /** A page of the open pull requests. */
  readonly pulls?: { readonly first: number; readonly after: string | null };
  /** Pull requests that refer to the issues, too. */
  readonly pullReferences?: boolean;
};

export type ListedIssues = {
  readonly issues: readonly GitHubIssue[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
};

export type IssueAnswer = {
  readonly repository: GitHubRepository;
  /** Those of `numbers` that exist. */
  readonly numbered: readonly GitHubIssue[];
  /** One for each of `lists`, in order. */
  readonly lists: readonly ListedIssues[];
  readonly openPulls: readonly OpenPull[];
};
export type OneAnswer = IssueAnswer & { readonly nextPulls: string | null };

const LEAN = `id number title body url state stateReason locked createdAt updatedAt closedAt
      author { ${ACTOR} }
      labels(first: 30) { nodes { name } }
      firstComments: comments(first: 10) { nodes { ${COMMENT} } }
      lastComments: comments(last: 20) { totalCount nodes { ${COMMENT} } }
      timelineItems(last: 5, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) {
        nodes { __typename ... on ClosedEvent { ${EVENT} } ... on ReopenedEvent { ${EVENT} } }
      }`;

const answerSchema = z.looseObject({
  repository: repositorySchema.extend({ pullRequests: openPullsSchema.optional() }),
});
const pageSchema = page(issueFieldsSchema);

/**
 * Asks for issues by number, for pages of lists, and for a page of open pull requests, all in one request.
 * @throws HttpFailure
 */
export async function askAtOnce(
  github: GitHub,
  name: RepositoryName,
  question: OneQuestion,
): Promise<OneAnswer> {
  const { numbers = [], lists = [], pulls } = question;
  const reply = await github.query(
    composeQuery(question),
    { ...name, ...nameVariables(lists), ...(pulls && { pulls: pulls.first, pullsAfter: pulls.after }) },
    answerSchema,
    ONCE,
  );
  const found = reply.repository;
  return {
    repository: toRepository(found),
    numbered: numbers.flatMap(
      (number) =>
        readReply(issueFieldsSchema.nullable(), found[`i${number}`] ?? null, `issue ${number}`) ?? [],
    ),
    lists: lists.map((_, index) => {
      const { nodes, pageInfo } = readReply(pageSchema, found[`issues${index}`], "a list of issues");
      return { issues: nodes, next: nextPage(pageInfo) };
    }),
    nextPulls: nextPage(found.pullRequests?.pageInfo),
    openPulls: found.pullRequests ? toOpenPulls(found.pullRequests, found.nameWithOwner) : [],
  };
}

const nextPage = (info: { hasNextPage: boolean; endCursor: string | null } | undefined): string | null =>
  info?.hasNextPage ? info.endCursor : null;

function composeQuery({ numbers = [], lists = [], pulls, pullReferences }: OneQuestion): string {
  const parameters = lists.map(
    (_, index) => `, $labels${index}: [String!], $since${index}: DateTime, $after${index}: String`,
  );
  const fields = [
    REPOSITORY_FIELDS,
    ...numbers.map((number) => `i${number}: issue(number: ${number}) { ...Whole }`),
    ...lists.map(composeList),
    ...(pulls ? [OPEN_PULLS] : []),
  ];
  if (pulls) parameters.push(", $pulls: Int!, $pullsAfter: String");
  const isWhole = numbers.length > 0 || lists.some(({ lean }) => lean !== true);
  return `query Issues($owner: String!, $repo: String!${parameters.join("")}) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}${isWhole ? `\nfragment Whole on Issue { ${ISSUE_FIELDS} ${pullReferences ? REFERENCES : ""} }` : ""}${lists.some(({ lean }) => lean === true) ? `\nfragment Lean on Issue { ${LEAN} }` : ""}`;
}

function composeList({ state, order, first, lean = false }: IssueList, index: number): string {
  const by = order === "oldest" ? "CREATED_AT, direction: ASC" : "UPDATED_AT, direction: DESC";
  const states = state === undefined ? "" : `states: [${state}], `;
  return `issues${index}: issues(first: ${first}, after: $after${index}, labels: $labels${index}, ${states}filterBy: { since: $since${index} }, orderBy: { field: ${by} }) {
      pageInfo { hasNextPage endCursor }
      nodes { ...${lean ? "Lean" : "Whole"} }
    }`;
}

const nameVariables = (lists: readonly IssueList[]): Record<string, unknown> =>
  Object.fromEntries(
    lists.flatMap(({ labels, changedSince, after }, index) => [
      [`labels${index}`, labels ?? null],
      [`since${index}`, changedSince ?? null],
      [`after${index}`, after ?? null],
    ]),
  );
