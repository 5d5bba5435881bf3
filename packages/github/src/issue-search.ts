import * as z from "zod";
import { readList } from "./ask-issues.ts";
import type { GitHub, RepositoryName } from "./client.ts";
import { DISPATCH_FACTS, REPOSITORY_FIELDS, repositorySchema } from "./incident-repository.ts";
import { type GitHubIssue, ISSUE_FIELDS, issueFieldsSchema } from "./issue-fields.ts";
import { askAtOnce, type IssueList, type OneQuestion } from "./issue-lists.ts";
import { type Extras, type IncidentSearch, type IssuePage, readFoundRepository } from "./issue-page.ts";
import { askInPortions, ONCE, type Portion } from "./portions.ts";
import { RECENT_MERGES, REFERENCES, recentMergesSchema, toRecentMerges } from "./pull-references.ts";
import { composeRefs, readRef } from "./refs.ts";
import { nodes, page } from "./repository-query.ts";

const FIRST = `first: $first, orderBy: { field: UPDATED_AT, direction: DESC }`;

const composeSearch = ({
  fields,
  parameters,
}: Pick<ReturnType<typeof composeRefs>, "fields" | "parameters">): string =>
  `query Incidents($owner: String!, $repo: String!, $labels: [String!], $since: DateTime, $closedLabels: [String!], $closedSince: DateTime, $waitingLabels: [String!], $labelCursor: String, $changeCursor: String, $byLabel: Boolean!, $byChange: Boolean!, $byClosed: Boolean!, $byWaiting: Boolean!, $dispatching: Boolean!, $referring: Boolean!, $merging: Boolean!, $first: Int!${parameters.join("")}) {
  repository(owner: $owner, name: $repo) {
    ${REPOSITORY_FIELDS}
    ...DispatchFacts @include(if: $dispatching)
    ...RecentMerges @include(if: $merging)
    all: issues(labels: ["patchpilot"], states: [OPEN]) { totalCount }
    labelled: issues(first: $first, after: $labelCursor, labels: $labels, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) @include(if: $byLabel) {
      pageInfo { hasNextPage endCursor }
      nodes { ...IssueFields }
    }
    changed: issues(first: $first, after: $changeCursor, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) @include(if: $byChange) {
      pageInfo { hasNextPage endCursor }
      nodes { ...IssueFields }
    }
    closed: issues(${FIRST}, labels: $closedLabels, states: [CLOSED], filterBy: { since: $closedSince }) @include(if: $byClosed) {
      totalCount
      nodes { ...IssueFields }
    }
    waiting: issues(${FIRST}, labels: $waitingLabels, states: [OPEN]) @include(if: $byWaiting) {
      totalCount
      nodes { ...IssueFields }
    }
    ${fields.join("\n    ")}
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
const firstPage = nodes(issueFieldsSchema).extend({ totalCount: z.number() });
const foundSchema = repositorySchema.extend({
  all: z.looseObject({ totalCount: z.number() }),
  labelled: connection.optional(),
  changed: connection.optional(),
  closed: firstPage.optional(),
  waiting: firstPage.optional(),
  mergedPullRequests: recentMergesSchema.optional(),
});
type Found = z.output<typeof foundSchema>;
const searchReply = z.looseObject({ repository: foundSchema });

const PARTS = ["labelled", "changed"] as const;

const PAGE = 50;
/** Pages of each part. A busy repository changes many issues a day that are none of ours. */
const MOST_PAGES = { labelled: Number.POSITIVE_INFINITY, changed: 4 };

/** Searches by label and by time of change. */
export const searchIssues = (
  github: GitHub,
  name: RepositoryName,
  search: LabelSearch,
  extras: Extras,
): Promise<IssuePage> =>
  askInPortions(github, (portion) =>
    portion.isWhole
      ? searchTogether(github, name, search, extras)
      : searchInParts(github, name, { search, extras, portion }),
  );

/** All lists page by page; refs and first pages come with the first of them. */
async function searchTogether(
  github: GitHub,
  name: RepositoryName,
  search: LabelSearch,
  extras: Extras,
): Promise<IssuePage> {
  const issues = new Map<number, GitHubIssue>();
  let first: Found | undefined;
  let cursors: Cursors = { labelled: null, changed: null };
  let more = { labelled: search.labels.length > 0, changed: true };
  for (let turn = 1; ; turn += 1) {
    const { variables, ...refs } = composeRefs(turn === 1 ? (extras.refs ?? []) : []);
    const given = { ...name, ...variables, ...searchVariables(search, extras, turn) };
    const reply = await github.query(
      composeSearch(refs),
      { ...given, ...pageVariables(cursors, more), first: PAGE },
      searchReply,
      ONCE,
    );
    const found = reply.repository;
    first ??= found;
    for (const part of [...PARTS, "closed", "waiting"] as const)
      for (const issue of found[part]?.nodes ?? []) issues.set(issue.number, issue);
    cursors = mapParts((part) => found[part]?.pageInfo.endCursor ?? null);
    more = mapParts((part) => (found[part]?.pageInfo.hasNextPage ?? false) && turn < MOST_PAGES[part]);
    if (PARTS.every((part) => !more[part])) return toSearchPage(first, [...issues.values()], extras);
  }
}

/** What the repository itself answers, with how many issues there are, then each list by itself. */
async function searchInParts(
  github: GitHub,
  name: RepositoryName,
  { search, extras, portion }: { search: LabelSearch; extras: Extras; portion: Portion },
): Promise<IssuePage> {
  const { variables, ...refs } = composeRefs(extras.refs ?? []);
  const given = { ...name, ...variables, ...searchVariables(search, extras, 1), first: 1 };
  const none = pageVariables({ labelled: null, changed: null }, { labelled: false, changed: false });
  const reply = await github.query(composeSearch(refs), { ...given, ...none }, searchReply, ONCE);
  const issues = new Map<number, GitHubIssue>();
  const { pullReferences = false } = extras;
  for (const { most, ...list } of listParts(search)) {
    const ask = (question: OneQuestion) => askAtOnce(github, name, { ...question, pullReferences });
    const listed = await readList(ask, { ...list, first: PAGE }, most, portion);
    for (const issue of listed.issues) issues.set(issue.number, issue);
  }
  return toSearchPage(reply.repository, [...issues.values()], extras);
}

function listParts({ labels, updatedSince, closed, waiting }: LabelSearch) {
  const lists: (Omit<IssueList, "first"> & { readonly most: number })[] = [
    { changedSince: updatedSince, order: "newest-change", most: MOST_PAGES.changed * PAGE },
  ];
  if (labels.length > 0)
    lists.push({ labels, state: "OPEN", order: "oldest", most: MOST_PAGES.labelled * PAGE });
  if (closed)
    lists.push({
      labels: [closed.label],
      state: "CLOSED",
      changedSince: closed.since,
      order: "newest-change",
      most: PAGE,
    });
  if (waiting) lists.push({ labels: [waiting], state: "OPEN", order: "newest-change", most: PAGE });
  return lists;
}

type LabelSearch = Extract<IncidentSearch, { labels: readonly string[] }>;
type Cursors = Record<(typeof PARTS)[number], string | null>;

const mapParts = <T>(value: (part: (typeof PARTS)[number]) => T) => ({
  labelled: value("labelled"),
  changed: value("changed"),
});

const searchVariables = (
  { labels, updatedSince, closed, waiting }: LabelSearch,
  { dispatchFacts = false, pullReferences = false }: Extras,
  turn: number,
) => ({
  labels,
  since: updatedSince,
  closedLabels: closed ? [closed.label] : null,
  closedSince: closed?.since ?? null,
  waitingLabels: waiting ? [waiting] : null,
  byClosed: closed !== undefined && turn === 1,
  byWaiting: waiting !== undefined && turn === 1,
  dispatching: dispatchFacts && turn === 1,
  referring: pullReferences,
  merging: pullReferences && turn === 1,
});

const pageVariables = (cursors: Cursors, more: Record<(typeof PARTS)[number], boolean>) => ({
  labelCursor: cursors.labelled,
  changeCursor: cursors.changed,
  byLabel: more.labelled,
  byChange: more.changed,
});

const toSearchPage = (found: Found, issues: readonly GitHubIssue[], { refs = [] }: Extras): IssuePage => ({
  ...readFoundRepository(found),
  issues,
  totals: {
    open: found.all.totalCount,
    closed: found.closed?.totalCount ?? 0,
    waiting: found.waiting?.totalCount ?? 0,
  },
  recentMerges: found.mergedPullRequests ? toRecentMerges(found.mergedPullRequests) : [],
  refs: new Map(refs.map((ref, index) => [ref, readRef(found, ref, index)])),
});
