import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { ACTOR, actorSchema, type GitHubIssue } from "./issue-fields.ts";
import { askInPortions, ONCE } from "./portions.ts";
import { type RefState, readRef } from "./refs.ts";
import { headSchema, labelName, nodes, page } from "./repository-query.ts";

/** What a list says of an issue: enough to know whether it has to be read. */
export type BriefIssue = Pick<GitHubIssue, "number" | "updatedAt" | "author"> & {
  readonly open: boolean;
  readonly labels: readonly string[];
};

/** One page of what changed, the newest change first. */
export type ChangesPage = {
  readonly repository: { readonly id: string; readonly databaseId: number; readonly url: string };
  /** Head of the default branch; absent in an empty repository, and where no ref was asked for. */
  readonly head: { readonly oid: string; readonly tree: string } | undefined;
  /** The ref that was asked for; undefined: it does not exist. */
  readonly ref: RefState | undefined;
  readonly issues: readonly BriefIssue[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
};

const composeChanges = (
  contents: string,
  size: number,
) => `query Changes($owner: String!, $repo: String!${contents && ", $n0: String!"}, $states: [IssueState!], $since: DateTime, $after: String) {
  repository(owner: $owner, name: $repo) {
    id databaseId url
    ${contents}
    issues(first: ${size}, after: $after, states: $states, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number state updatedAt author { ${ACTOR} } labels(first: 30) { nodes { name } } }
    }
  }
}`;
/** What `contents: read` lets a token see. */
const CONTENTS = `defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
    r0: ref(qualifiedName: $n0) { target { __typename oid ... on Commit { message } } }`;

const briefSchema = z.looseObject({
  number: z.number(),
  state: z.enum(["OPEN", "CLOSED"]),
  updatedAt: z.string(),
  author: actorSchema,
  labels: nodes(z.looseObject({ name: labelName })),
});
const changesReply = z.looseObject({
  repository: z.looseObject({
    id: z.string(),
    databaseId: z.number(),
    url: z.string(),
    defaultBranchRef: headSchema.nullish(),
    issues: page(briefSchema),
  }),
});

/**
 * A hundred issues by their last change, as briefly as can be, and a ref if one is named: cursors name a change and not a
 * place, so a list may be continued hours later, and what changed meanwhile comes before the cursor.
 * @throws HttpFailure
 */
export async function listChanges(
  github: GitHub,
  name: RepositoryName,
  asked: {
    readonly ref?: string;
    /** Default: closed ones, too. */
    readonly openOnly?: boolean;
    /** ISO 8601: only what changed since. */
    readonly since?: string;
    readonly after?: string | null;
  },
): Promise<ChangesPage> {
  const { ref, openOnly = false, since = null, after = null } = asked;
  const variables = { ...name, states: openOnly ? ["OPEN"] : null, since, after };
  const contents = ref === undefined ? "" : CONTENTS;
  const named = ref === undefined ? variables : { ...variables, n0: ref };
  const reply = await askInPortions(github, ({ size }) =>
    github.query(composeChanges(contents, size(100)), named, changesReply, ONCE),
  );
  const found = reply.repository;
  const target = found.defaultBranchRef?.target;
  const { pageInfo } = found.issues;
  return {
    repository: { id: found.id, databaseId: found.databaseId, url: found.url },
    head: target ? { oid: target.oid, tree: target.tree.oid } : undefined,
    ref: ref === undefined ? undefined : readRef(found, ref, 0),
    issues: found.issues.nodes.map(({ number, state, updatedAt, author, labels }) => ({
      number,
      open: state === "OPEN",
      updatedAt,
      author,
      labels: labels.nodes.map((label) => label.name),
    })),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}
