import * as z from "zod";
import type { GitHub, RepositoryName } from "./index.ts";
import {
  COMMENT,
  commentSchema,
  type GitHubComment,
  type GitHubIssue,
  ISSUE,
  issueSchema,
  nodes,
} from "./issue-fields.ts";
import {
  RECENT_MERGES,
  REFERENCES,
  type RecentMerge,
  recentMergesSchema,
  toRecentMerges,
} from "./pull-references.ts";
import { type RefState, refFields, refOf, refParameters, refVariables } from "./refs.ts";

/** What every action needs to know of the repository that holds the incidents. */
export type GitHubRepository = {
  readonly id: string;
  readonly databaseId: number;
  readonly nameWithOwner: string;
  readonly url: string;
  /** Node ids of our labels by name; a label that is missing here does not exist. */
  readonly labelIds: ReadonlyMap<string, string>;
};

/** Selection of a repository. */
export const REPOSITORY = `id databaseId nameWithOwner url labels(first: 50, query: "patchpilot") { nodes { id name } }`;

const headSchema = z.looseObject({
  name: z.string(),
  target: z.looseObject({ oid: z.string(), tree: z.looseObject({ oid: z.string() }) }).nullable(),
});
const count = z.looseObject({ totalCount: z.number() });
const dispatchFacts = {
  defaultBranchRef: headSchema.nullish(),
  working: count.optional(),
  proposed: count.optional(),
  recentClaims: nodes(
    z.looseObject({
      name: z.string(),
      target: z
        .looseObject({ message: z.string().optional(), committedDate: z.string().optional() })
        .nullable(),
    }),
  ).nullish(),
};
const DISPATCH_FACTS = `defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
    working: issues(labels: ["patchpilot:working"], states: [OPEN]) { totalCount }
    proposed: issues(labels: ["patchpilot:proposed"], states: [OPEN]) { totalCount }
    recentClaims: refs(refPrefix: "refs/patchpilot/claims/", first: 50, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { name target { ... on Commit { message committedDate } } }
    }`;

export const repositorySchema = z.looseObject({
  id: z.string(),
  databaseId: z.number(),
  nameWithOwner: z.string(),
  url: z.string(),
  labels: nodes(z.looseObject({ id: z.string(), name: z.string() })),
  ...dispatchFacts,
});

/** What `dispatch` needs beside the issues, read in the same request. */
export type DispatchFacts = {
  /** Head of the default branch; absent in an empty repository. */
  readonly head?: { readonly branch: string; readonly oid: string; readonly tree: string };
  /** Attempts in flight, by their labels. */
  readonly inFlight: number;
  /** The 50 newest claims with the time of their last change. */
  readonly recentClaims: readonly { readonly name: string; readonly message: string; readonly at: string }[];
};

/** What a read of issues asks for: numbers, or a search by label and by time of change. */
export type IssueSearch =
  | { readonly numbers: readonly number[] }
  | {
      /** Open issues that carry one of these. */
      readonly labels: readonly string[];
      readonly updatedSince: string;
      /** Closed issues that carry this label and changed since; absent: none. */
      readonly closed?: { readonly label: string; readonly since: string };
    };

/** What is asked in the same request. */
export type Extras = {
  readonly dispatchFacts?: boolean;
  /** Pull requests that refer to the issues; a search also answers with those that were merged lately. */
  readonly pullReferences?: boolean;
  /** Full names of refs; only answered with a read by number. */
  readonly refs?: readonly string[];
};

/** What one read answers. `total`: open issues under the umbrella label, for taking them in turn. */
export type IssuePage = {
  readonly repository: GitHubRepository;
  readonly issues: readonly GitHubIssue[];
  readonly total: number;
  readonly dispatchFacts?: DispatchFacts;
  /** Empty where they were not asked for. */
  readonly recentMerges: readonly RecentMerge[];
  /** The refs that were asked for; undefined where one does not exist. */
  readonly refs: ReadonlyMap<string, RefState | undefined>;
};

/**
 * Reads issues whole, up to 50 a request. A search finds those that carry one of the labels, and those that
 * changed since a time whatever their labels: a lost label is a change, so such an issue is found all the same.
 */
export async function readIssues(
  github: GitHub,
  repository: RepositoryName,
  search: IssueSearch,
  extras: Extras = {},
): Promise<IssuePage> {
  return "numbers" in search
    ? readNumbers(github, repository, search.numbers, extras)
    : searchIssues(github, repository, search, extras);
}

const ISSUES_PER_QUERY = 50;

async function readNumbers(
  github: GitHub,
  name: RepositoryName,
  numbers: readonly number[],
  extras: Extras,
): Promise<IssuePage> {
  const issues: GitHubIssue[] = [];
  const refs = new Map<string, RefState | undefined>();
  let repository: Repository | undefined;
  for (let start = 0; start === 0 || start < numbers.length; start += ISSUES_PER_QUERY) {
    const batch = numbers.slice(start, start + ISSUES_PER_QUERY);
    const asked = start === 0 ? (extras.refs ?? []) : [];
    const reply = await github.query(
      numbersDocument(batch, asked.length, extras),
      { ...name, ...refVariables(asked) },
      numbersReply,
    );
    const found = existing(reply.repository, name);
    repository ??= found;
    for (const number of batch) {
      const issue = issueSchema.nullable().parse(found[`i${number}`] ?? null);
      if (issue) issues.push(issue);
    }
    for (const [index, ref] of asked.entries()) refs.set(ref, refOf(found, ref, index));
  }
  if (repository === undefined) throw new Error("No query was sent.");
  return { ...toPage(repository), issues, total: issues.length, recentMerges: [], refs };
}

function numbersDocument(numbers: readonly number[], refs: number, extras: Extras): string {
  const issues = numbers.map((number) => `i${number}: issue(number: ${number}) { ...IssueFields }`);
  const asked = extras.pullReferences === true ? `${ISSUE} ${REFERENCES}` : ISSUE;
  const fragment = numbers.length > 0 ? `\nfragment IssueFields on Issue { ${asked} }` : "";
  const fields = [
    REPOSITORY,
    ...(extras.dispatchFacts === true ? [DISPATCH_FACTS] : []),
    ...issues,
    ...refFields(refs),
  ];
  return `query IncidentsByNumber($owner: String!, $repo: String!${refParameters(refs)}) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}${fragment}`;
}

type Repository = z.output<typeof repositorySchema>;
const numbersReply = z.looseObject({ repository: repositorySchema.nullable() });

function toPage(found: Repository): Pick<IssuePage, "repository" | "dispatchFacts"> {
  const { defaultBranchRef: head, working, proposed, recentClaims } = found;
  if (working === undefined) return { repository: toRepository(found) };
  return {
    repository: toRepository(found),
    dispatchFacts: {
      ...(head?.target
        ? { head: { branch: head.name, oid: head.target.oid, tree: head.target.tree.oid } }
        : {}),
      inFlight: working.totalCount + (proposed?.totalCount ?? 0),
      recentClaims: (recentClaims?.nodes ?? []).map(({ name, target }) => ({
        name,
        message: target?.message ?? "",
        at: target?.committedDate ?? "",
      })),
    },
  };
}

const SEARCH = `query Incidents($owner: String!, $repo: String!, $labels: [String!], $since: DateTime, $closedLabels: [String!], $closedSince: DateTime, $labelCursor: String, $changeCursor: String, $closedCursor: String, $byLabel: Boolean!, $byChange: Boolean!, $byClosed: Boolean!, $dispatching: Boolean!, $referring: Boolean!, $merging: Boolean!) {
  repository(owner: $owner, name: $repo) {
    ${REPOSITORY}
    ...DispatchFacts @include(if: $dispatching)
    ...RecentMerges @include(if: $merging)
    all: issues(labels: ["patchpilot"], states: [OPEN]) { totalCount }
    labelled: issues(first: 50, after: $labelCursor, labels: $labels, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) @include(if: $byLabel) {
      pageInfo { hasNextPage endCursor }
      nodes { ...IssueFields }
    }
    changed: issues(first: 50, after: $changeCursor, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) @include(if: $byChange) {
      pageInfo { hasNextPage endCursor }
      nodes { ...IssueFields }
    }
    closed: issues(first: 50, after: $closedCursor, labels: $closedLabels, states: [CLOSED], filterBy: { since: $closedSince }, orderBy: { field: UPDATED_AT, direction: DESC }) @include(if: $byClosed) {
      pageInfo { hasNextPage endCursor }
      nodes { ...IssueFields }
    }
  }
}
fragment DispatchFacts on Repository {
    ${DISPATCH_FACTS}
}
fragment RecentMerges on Repository {
    ${RECENT_MERGES}
}
fragment References on Issue { ${REFERENCES} }
fragment IssueFields on Issue { ${ISSUE} ...References @include(if: $referring) }`;

const connection = z.looseObject({
  pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(issueSchema),
});
const foundSchema = repositorySchema.extend({
  all: z.looseObject({ totalCount: z.number() }),
  labelled: connection.optional(),
  changed: connection.optional(),
  closed: connection.optional(),
  mergedPullRequests: recentMergesSchema.optional(),
});
const searchReply = z.looseObject({ repository: foundSchema.nullable() });

const PARTS = ["labelled", "changed", "closed"] as const;

/** Pages of each part. A busy repository changes many issues a day that are none of ours. */
const MOST_PAGES = { labelled: Number.POSITIVE_INFINITY, changed: 4, closed: 10 };

async function searchIssues(
  github: GitHub,
  name: RepositoryName,
  search: Extract<IssueSearch, { labels: readonly string[] }>,
  extras: Extras,
): Promise<IssuePage> {
  const issues = new Map<number, GitHubIssue>();
  let first: z.output<typeof foundSchema> | undefined;
  let cursors: Cursors = { labelled: null, changed: null, closed: null };
  let more = { labelled: true, changed: true, closed: search.closed !== undefined };
  for (let page = 1; ; page += 1) {
    const variables = { ...name, ...searchVariables(search, extras, page), ...pageVariables(cursors, more) };
    const found = existing((await github.query(SEARCH, variables, searchReply)).repository, name);
    first ??= found;
    for (const part of PARTS) for (const issue of found[part]?.nodes ?? []) issues.set(issue.number, issue);
    cursors = mapParts((part) => found[part]?.pageInfo.endCursor ?? null);
    more = mapParts((part) => (found[part]?.pageInfo.hasNextPage ?? false) && page < MOST_PAGES[part]);
    if (PARTS.every((part) => !more[part])) return toSearchPage(first, [...issues.values()]);
  }
}

type Cursors = Record<(typeof PARTS)[number], string | null>;

const mapParts = <T>(value: (part: (typeof PARTS)[number]) => T) => ({
  labelled: value("labelled"),
  changed: value("changed"),
  closed: value("closed"),
});

const searchVariables = (
  { labels, updatedSince, closed }: Extract<IssueSearch, { labels: readonly string[] }>,
  { dispatchFacts = false, pullReferences = false }: Extras,
  page: number,
) => ({
  labels,
  since: updatedSince,
  closedLabels: closed ? [closed.label] : null,
  closedSince: closed?.since ?? null,
  dispatching: dispatchFacts && page === 1,
  referring: pullReferences,
  merging: pullReferences && page === 1,
});

const pageVariables = (cursors: Cursors, more: Record<(typeof PARTS)[number], boolean>) => ({
  labelCursor: cursors.labelled,
  changeCursor: cursors.changed,
  closedCursor: cursors.closed,
  byLabel: more.labelled,
  byChange: more.changed,
  byClosed: more.closed,
});

const toSearchPage = (found: z.output<typeof foundSchema>, issues: readonly GitHubIssue[]): IssuePage => ({
  ...toPage(found),
  issues,
  total: found.all.totalCount,
  recentMerges: found.mergedPullRequests ? toRecentMerges(found.mergedPullRequests) : [],
  refs: new Map(),
});

/** @throws Error with a sentence for a repository that is not there. */
export function existing<T>(repository: T | null, name: RepositoryName): T {
  if (repository !== null) return repository;
  throw new Error(
    `The repository ${name.owner}/${name.repo} does not exist or \`github-token\` may not read its issues.`,
  );
}

export const toRepository = (found: z.output<typeof repositorySchema>): GitHubRepository => ({
  id: found.id,
  databaseId: found.databaseId,
  nameWithOwner: found.nameWithOwner,
  url: found.url,
  labelIds: new Map(found.labels.nodes.map(({ id, name }) => [name, id])),
});

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

/** Numbers and labels of one page of open incidents, by number, for looking at all of them in turn. */
export async function listLabels(
  github: GitHub,
  name: RepositoryName,
  page: number,
): Promise<{ readonly number: number; readonly labels: readonly string[] }[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/issues", {
    ...name,
    labels: "patchpilot",
    state: "open",
    sort: "created",
    direction: "asc",
    per_page: 100,
    page,
  });
  return reply.data
    .filter((issue) => issue.pull_request === undefined)
    .map((issue) => ({
      number: issue.number,
      labels: issue.labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
    }));
}
