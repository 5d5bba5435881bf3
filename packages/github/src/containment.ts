import { HttpFailure } from "@patchpilot/http";
import type { GitHub, RepositoryName } from "./client.ts";
import { type CommitPair, type CommitWalk, type WalkedCommit, walkHistories } from "./history-walk.ts";

const isObjectId = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

/** Comparisons at once, and in one run at most. */
const AT_ONCE = 8;
const MOST_COMPARISONS = 60;

/** What is known of some pairs, and what was walked through to know it. */
export type Containments<P extends CommitPair> = {
  /** Pairs with a commit that the repository does not know, or that is no full SHA, are missing. */
  readonly answers: ReadonlyMap<P, boolean>;
  /** By head. */
  readonly walks: ReadonlyMap<string, CommitWalk>;
  readonly fixes: ReadonlyMap<string, WalkedCommit>;
};

/**
 * Answers which heads contain which fixes: one walk over the newest 100 commits of all heads together, then one
 * comparison for each pair that it leaves open.
 * @param since an instant before most of the fixes: a walk that gets there is complete for what was committed later.
 * A branch that was merged by fast-forward was committed long before.
 */
export async function readContainments<P extends CommitPair>(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly P[],
  since?: Date,
): Promise<Containments<P>> {
  const answers = new Map(pairs.filter(({ fix, head }) => fix === head).map((pair) => [pair, true]));
  const asked = pairs.filter((pair) => !answers.has(pair) && isObjectId(pair.fix) && isObjectId(pair.head));
  if (asked.length === 0) return { answers, walks: new Map(), fixes: new Map() };
  const { walks, fixes } = await walkHistories(github, repository, asked, since);
  const open: P[] = [];
  for (const pair of asked) {
    const walk = walks.get(pair.head);
    if (walk === undefined) continue;
    const isContained = walk.commits.some(({ oid }) => oid === pair.fix);
    if (isContained || (walk.complete && isLater(fixes.get(pair.fix), since))) answers.set(pair, isContained);
    else open.push(pair);
  }
  for (const [pair, contained] of await compareAll(github, repository, open)) answers.set(pair, contained);
  return { answers, walks, fixes };
}

const isLater = (fix: WalkedCommit | undefined, since: Date | undefined): boolean =>
  fix !== undefined && since !== undefined && Date.parse(fix.at) >= since.getTime();

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
