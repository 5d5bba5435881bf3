import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { DISPATCH_FACTS, existing, REPOSITORY_FIELDS, repositorySchema } from "./incident-repository.ts";
import { type GitHubIssue, ISSUE_FIELDS, issueFieldsSchema } from "./issue-fields.ts";
import { type Extras, type IncidentSearch, type IssuePage, readFoundRepository } from "./issue-page.ts";
import { RECENT_MERGES, REFERENCES, recentMergesSchema, toRecentMerges } from "./pull-references.ts";
import { page } from "./repository-query.ts";

const SEARCH = `query Incidents($owner: String!, $repo: String!, $labels: [String!], $since: DateTime, $closedLabels: [String!], $closedSince: DateTime, $labelCursor: String, $changeCursor: String, $closedCursor: String, $byLabel: Boolean!, $byChange: Boolean!, $byClosed: Boolean!, $dispatching: Boolean!, $referring: Boolean!, $merging: Boolean!) {
  repository(owner: $owner, name: $repo) {
    ${REPOSITORY_FIELDS}
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
fragment IssueFields on Issue { ${ISSUE_FIELDS} ...References @include(if: $referring) }`;

const connection = page(issueFieldsSchema);
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

/** Searches by label and by time of change, page by page. */
export async function searchIssues(
  github: GitHub,
  name: RepositoryName,
  search: Extract<IncidentSearch, { labels: readonly string[] }>,
  extras: Extras,
): Promise<IssuePage> {
  const issues = new Map<number, GitHubIssue>();
  let first: z.output<typeof foundSchema> | undefined;
  let cursors: Cursors = { labelled: null, changed: null, closed: null };
  let more = { labelled: true, changed: true, closed: search.closed !== undefined };
  for (let turn = 1; ; turn += 1) {
    const variables = { ...name, ...searchVariables(search, extras, turn), ...pageVariables(cursors, more) };
    const found = existing((await github.query(SEARCH, variables, searchReply)).repository, name);
    first ??= found;
    for (const part of PARTS) for (const issue of found[part]?.nodes ?? []) issues.set(issue.number, issue);
    cursors = mapParts((part) => found[part]?.pageInfo.endCursor ?? null);
    more = mapParts((part) => (found[part]?.pageInfo.hasNextPage ?? false) && turn < MOST_PAGES[part]);
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
  { labels, updatedSince, closed }: Extract<IncidentSearch, { labels: readonly string[] }>,
  { dispatchFacts = false, pullReferences = false }: Extras,
  turn: number,
) => ({
  labels,
  since: updatedSince,
  closedLabels: closed ? [closed.label] : null,
  closedSince: closed?.since ?? null,
  dispatching: dispatchFacts && turn === 1,
  referring: pullReferences,
  merging: pullReferences && turn === 1,
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
  ...readFoundRepository(found),
  issues,
  total: found.all.totalCount,
  recentMerges: found.mergedPullRequests ? toRecentMerges(found.mergedPullRequests) : [],
  refs: new Map(),
});
