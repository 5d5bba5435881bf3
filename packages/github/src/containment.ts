import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { askFields, nodes } from "./repository-query.ts";

/** Does the history of the commit `head` contain the commit `fix`? */
export type CommitPair = { readonly fix: string; readonly head: string };

const isObjectId = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

/** Commits of one head that are looked through before single ones are compared. */
const WALK = 100;
/** Comparisons at once, and in one run at most. */
const AT_ONCE = 8;
const MOST_COMPARISONS = 60;

/**
 * Answers which heads contain which fixes: one walk over the newest 100 commits of all heads together, then one
 * comparison for each pair that it leaves open.
 * @param since an instant before most of the fixes: a walk that gets there is complete for what was committed later.
 * A branch that was merged by fast-forward was committed long before.
 * @returns answers by pair; pairs with a commit that the repository does not know, or that is no full SHA, are missing
 */
export async function readContainments<P extends CommitPair>(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly P[],
  since?: Date,
): Promise<Map<P, boolean>> {
  const answers = new Map(pairs.filter(({ fix, head }) => fix === head).map((pair) => [pair, true]));
  const asked = pairs.filter((pair) => !answers.has(pair) && isObjectId(pair.fix) && isObjectId(pair.head));
  if (asked.length === 0) return answers;
  const { walks, later } = await walkHistories(github, repository, asked, since);
  const open: P[] = [];
  for (const pair of asked) {
    const walk = walks.get(pair.head);
    if (walk === undefined) continue;
    const isContained = walk.commits.has(pair.fix);
    if (isContained || (walk.complete && later.has(pair.fix))) answers.set(pair, isContained);
    else open.push(pair);
  }
  for (const [pair, contained] of await compareAll(github, repository, open)) answers.set(pair, contained);
  return answers;
}

type Walk = { readonly commits: ReadonlySet<string>; readonly complete: boolean };

const commitSchema = z.looseObject({
  history: nodes(z.looseObject({ oid: z.string() })).extend({
    pageInfo: z.looseObject({ hasNextPage: z.boolean() }),
  }),
});
const datedSchema = z.looseObject({ committedDate: z.string() });

/** @returns walks by head, and those of the fixes that were committed since */
async function walkHistories(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly CommitPair[],
  since: Date | undefined,
): Promise<{ readonly walks: ReadonlyMap<string, Walk>; readonly later: ReadonlySet<string> }> {
  const heads = [...new Set(pairs.map(({ head }) => head))];
  const fixes = [...new Set(pairs.map(({ fix }) => fix))];
  const variables = {
    ...Object.fromEntries(heads.map((head, index) => [`h${index}`, head])),
    ...Object.fromEntries(fixes.map((fix, index) => [`f${index}`, fix])),
  };
  const commits = Object.keys(variables).map((name) => `, $${name}: GitObjectID!`);
  const fields = [
    ...heads.map(
      (_, index) => `h${index}: object(oid: $h${index}) {
      ... on Commit { history(first: ${WALK}, since: $since) { pageInfo { hasNextPage } nodes { oid } } }
    }`,
    ),
    ...fixes.map((_, index) => `f${index}: object(oid: $f${index}) { ... on Commit { committedDate } }`),
  ];
  const answer = await askFields(github, repository, {
    name: "Containment",
    fields,
    parameters: [", $since: GitTimestamp", ...commits],
    variables: { since: since?.toISOString() ?? null, ...variables },
  });
  const walks = heads.flatMap((head, index): [string, Walk][] => {
    const history = commitSchema.safeParse(answer?.[`h${index}`]).data?.history;
    if (history === undefined) return [];
    const walked = new Set(history.nodes.map(({ oid }) => oid));
    return [[head, { commits: walked, complete: since !== undefined && !history.pageInfo.hasNextPage }]];
  });
  const later = fixes.filter((_, index) => {
    const date = datedSchema.safeParse(answer?.[`f${index}`]).data?.committedDate ?? "";
    return since !== undefined && Date.parse(date) >= since.getTime();
  });
  return { walks: new Map(walks), later: new Set(later) };
}

async function compareAll<P extends CommitPair>(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly P[],
): Promise<[P, boolean][]> {
  const answers: [P, boolean][] = [];
  for (let start = 0; start < Math.min(pairs.length, MOST_COMPARISONS); start += AT_ONCE) {
    const batch = await Promise.all(
      pairs.slice(start, start + AT_ONCE).map(async (pair): Promise<[P, boolean][]> => {
        const contained = await isAncestor(github, repository, pair);
        return contained === undefined ? [] : [[pair, contained]];
      }),
    );
    answers.push(...batch.flat());
  }
  return answers;
}

/** GitHub's comparison from the fix to the head: nothing is behind where the head contains it. */
async function isAncestor(
  github: GitHub,
  repository: RepositoryName,
  { fix, head }: CommitPair,
): Promise<boolean | undefined> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...repository,
      basehead: `${fix}...${head}`,
      per_page: 1,
    });
    return reply.data.status === "ahead" || reply.data.status === "identical";
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "not-found") return undefined;
    throw error;
  }
}
