import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { askFields, nodes } from "./repository-query.ts";

/** Does the history of the commit `head` contain the commit `fix`? */
export type CommitPair = { readonly fix: string; readonly head: string };

/** A commit as a walk meets it. */
export type WalkedCommit = {
  readonly oid: string;
  readonly message: string;
  readonly parents: readonly string[];
  /** When it was committed, ISO 8601. */
  readonly at: string;
};

/** The newest commits of a head, newest first. */
export type CommitWalk = {
  readonly commits: readonly WalkedCommit[];
  /** It reaches back to the instant that was asked for. */
  readonly complete: boolean;
};

/** Commits of one head that are looked through. */
const WALK = 100;

const walkedSchema = z.looseObject({
  oid: z.string(),
  message: z.string(),
  committedDate: z.string(),
  parents: nodes(z.looseObject({ oid: z.string() })),
});
const WALKED = "oid message committedDate parents(first: 3) { nodes { oid } }";
const headSchema = z.looseObject({
  history: nodes(walkedSchema).extend({ pageInfo: z.looseObject({ hasNextPage: z.boolean() }) }),
});

/**
 * Walks the newest 100 commits of all heads, and reads the fixes, in one request.
 * @param since a walk that gets there is complete; absent: none is
 * @returns what is no commit of the repository is missing
 */
export async function walkHistories(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly CommitPair[],
  since: Date | undefined,
): Promise<{
  readonly walks: ReadonlyMap<string, CommitWalk>;
  readonly fixes: ReadonlyMap<string, WalkedCommit>;
}> {
  const heads = [...new Set(pairs.map(({ head }) => head))];
  const fixes = [...new Set(pairs.map(({ fix }) => fix))];
  const answer = await askFields(github, repository, composeWalk(heads, fixes, since));
  return {
    walks: new Map(
      heads.flatMap((head, index): [string, CommitWalk][] => {
        const history = headSchema.safeParse(answer?.[`h${index}`]).data?.history;
        if (history === undefined) return [];
        const complete = since !== undefined && !history.pageInfo.hasNextPage;
        return [[head, { commits: history.nodes.map(toWalked), complete }]];
      }),
    ),
    fixes: new Map(
      fixes.flatMap((fix, index): [string, WalkedCommit][] => {
        const found = walkedSchema.safeParse(answer?.[`f${index}`]).data;
        return found === undefined ? [] : [[fix, toWalked(found)]];
      }),
    ),
  };
}

function composeWalk(heads: readonly string[], fixes: readonly string[], since: Date | undefined) {
  const variables = {
    ...Object.fromEntries(heads.map((head, index) => [`h${index}`, head])),
    ...Object.fromEntries(fixes.map((fix, index) => [`f${index}`, fix])),
  };
  return {
    name: "Containment",
    fields: [
      ...heads.map(
        (_, index) => `h${index}: object(oid: $h${index}) {
      ... on Commit { history(first: ${WALK}, since: $since) { pageInfo { hasNextPage } nodes { ${WALKED} } } }
    }`,
      ),
      ...fixes.map((_, index) => `f${index}: object(oid: $f${index}) { ... on Commit { ${WALKED} } }`),
    ],
    parameters: [
      ", $since: GitTimestamp",
      ...Object.keys(variables).map((name) => `, $${name}: GitObjectID!`),
    ],
    variables: { since: since?.toISOString() ?? null, ...variables },
  };
}

const toWalked = ({ oid, message, committedDate, parents }: z.output<typeof walkedSchema>): WalkedCommit => ({
  oid,
  message,
  parents: parents.nodes.map((parent) => parent.oid),
  at: committedDate,
});
