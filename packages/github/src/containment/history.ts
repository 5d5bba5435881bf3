import * as z from "zod";
import type { GitHub, RepositoryName } from "../client.ts";
import { askFields, nodes, page } from "../repository-query.ts";

/** Does production hold the commit `fix` if it runs the commit `head`? */
export type CommitPair = { readonly fix: string; readonly head: string };

/** A commit of a history; anybody may have written its message. */
export type HistoryCommit = CommitDates & {
  readonly oid: string;
  readonly message: string;
  readonly parents: readonly string[];
};

/** When it was committed, and when its change was written, which picks and rebases keep; milliseconds since the epoch. */
type CommitDates = { readonly at: number; readonly authoredAt: number };

/** What was read of the histories of some heads. */
export type Histories = {
  /** By object id: the heads' newest commits, and the fixes. */
  readonly commits: ReadonlyMap<string, HistoryCommit>;
  /** By head: of what was committed before this, some may be missing. A head that is not known is absent. */
  readonly readTo: ReadonlyMap<string, number>;
};

const commitSchema = z.looseObject({
  oid: z.string(),
  message: z.string(),
  committedDate: z.string(),
  authoredDate: z.string(),
  parents: nodes(z.looseObject({ oid: z.string() })),
});
const COMMIT = "oid message committedDate authoredDate parents(first: 8) { nodes { oid } }";
const headSchema = z.looseObject({ history: page(commitSchema) });

/** Pages of 100 commits of each head, at most. */
const MOST_PAGES = 5;

/**
 * Reads the newest commits of all heads, and the fixes: one request for a page of 100 commits of each.
 * @param since what was committed earlier is not read
 * @param isEnough asked after each page: are older commits of this head of no use?
 */
export async function readHeads(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly CommitPair[],
  since: Date,
  isEnough: (head: string, histories: Histories) => boolean,
): Promise<Histories> {
  const commits = new Map<string, HistoryCommit>();
  const readTo = new Map<string, number>();
  const histories = { commits, readTo };
  let cursors = new Map<string, string | null>(pairs.map(({ head }) => [head, null]));
  let fixes = [...new Set(pairs.map(({ fix }) => fix))];
  for (let count = 0; count < MOST_PAGES && cursors.size > 0; count += 1) {
    const answer = await askPage(github, repository, { cursors, fixes, since });
    for (const fix of answer.fixes) commits.set(fix.oid, fix);
    const next = new Map<string, string | null>();
    for (const [head, history] of answer.heads) {
      for (const node of history.nodes) commits.set(node.oid, toCommit(node));
      const { hasNextPage, endCursor } = history.pageInfo;
      const oldest = Date.parse(history.nodes.at(-1)?.committedDate ?? "");
      readTo.set(head, hasNextPage ? oldest : Number.NEGATIVE_INFINITY);
      if (hasNextPage) next.set(head, endCursor);
    }
    cursors = new Map([...next].filter(([head]) => !isEnough(head, histories)));
    fixes = [];
  }
  return histories;
}

type PageQuestion = {
  /** Where the page of each head begins; null: at the head. */
  readonly cursors: ReadonlyMap<string, string | null>;
  readonly fixes: readonly string[];
  readonly since: Date;
};

type HistoryPage = {
  readonly heads: readonly (readonly [string, z.output<typeof headSchema>["history"]])[];
  readonly fixes: readonly HistoryCommit[];
};

async function askPage(
  github: GitHub,
  repository: RepositoryName,
  { cursors, fixes, since }: PageQuestion,
): Promise<HistoryPage> {
  const heads = [...cursors];
  const answer = await askFields(github, repository, {
    name: "Containment",
    parameters: [
      ", $since: GitTimestamp",
      ...heads.map((_, index) => `, $h${index}: GitObjectID!, $a${index}: String`),
      ...fixes.map((_, index) => `, $f${index}: GitObjectID!`),
    ],
    variables: {
      since: since.toISOString(),
      ...Object.fromEntries(
        heads.flatMap(([head, cursor], index) => [
          [`h${index}`, head],
          [`a${index}`, cursor],
        ]),
      ),
      ...Object.fromEntries(fixes.map((fix, index) => [`f${index}`, fix])),
    },
    fields: [
      ...heads.map((_, index) => composeHistory(index)),
      ...fixes.map((_, index) => `f${index}: object(oid: $f${index}) { ... on Commit { ${COMMIT} } }`),
    ],
  });
  return {
    heads: heads.flatMap(([head], index) => {
      const found = headSchema.safeParse(answer[`h${index}`]).data;
      return found === undefined ? [] : [[head, found.history] as const];
    }),
    fixes: fixes.flatMap((_, index) => {
      const found = commitSchema.safeParse(answer[`f${index}`]).data;
      return found === undefined ? [] : [toCommit(found)];
    }),
  };
}

const composeHistory = (index: number): string => `h${index}: object(oid: $h${index}) {
      ... on Commit { history(first: 100, after: $a${index}, since: $since) { pageInfo { hasNextPage endCursor } nodes { ${COMMIT} } } }
    }`;

const toCommit = ({ oid, message, parents, ...dates }: z.output<typeof commitSchema>): HistoryCommit => ({
  oid,
  message,
  parents: parents.nodes.map((parent) => parent.oid),
  at: Date.parse(dates.committedDate),
  authoredAt: Date.parse(dates.authoredDate),
});
