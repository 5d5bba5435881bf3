import { isNotFound } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { listCandidates } from "./containment/copies.ts";
import { type CommitEvidence, type FixCommit, openEvidence, targetFix } from "./containment/evidence.ts";
import { type CommitGraph, openGraph } from "./containment/graph.ts";
import { type CommitPair, type Histories, readHeads } from "./containment/history.ts";
import { CLOCK_SKEW, type Holding, judgeHolding } from "./containment/judge.ts";
import { readCommitPulls } from "./containment/naming-pulls.ts";
import { readPatch } from "./containment/patches.ts";
import { readReply } from "./graphql.ts";

export type { FoundCommit, Holding } from "./containment/judge.ts";

/** Requests at once, and in one run at most. */
const AT_ONCE = 8;
const MOST_COMPARISONS = 60;
const MOST_PATCHES = 16;
const MOST_NAMES = 200;

/** A fix, by its commit and, if it is known, the pull request that brought it. */
export type FixPair = CommitPair & { readonly pull: number | null };

/**
 * Answers which heads hold which fixes: as a rule by one walk over the newest commits of all heads together. Where
 * messages name reverts and copies, their pull requests and a few patches are read, too.
 * @param since no fix was merged before it
 * @returns by pair; a pair without a full SHA is missing
 */
export async function readHoldings<P extends FixPair>(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly P[],
  since: Date,
): Promise<Map<P, Holding>> {
  const answers = new Map<P, Holding>();
  for (const pair of pairs) if (pair.fix === pair.head) answers.set(pair, { holds: true });
  const asked = pairs.filter((pair) => !answers.has(pair) && isObjectId(pair.fix) && isObjectId(pair.head));
  if (asked.length === 0) return answers;
  const from = new Date(since.getTime() - CLOCK_SKEW);
  const histories = await readHeads(github, repository, asked, from, (head, read) =>
    isEnough(head, asked, read),
  );
  const placed: PlacedPair<P>[] = [];
  for (const pair of asked) {
    const fix = histories.commits.get(pair.fix);
    if (fix === undefined || !histories.readTo.has(pair.head)) answers.set(pair, { holds: undefined });
    else placed.push({ pair, fix: { ...fix, pull: pair.pull } });
  }
  const graph = openGraph(histories);
  const inHistory = await findInHistory(github, repository, placed, graph, from);
  const settled = placed.filter(({ pair }) => inHistory.has(pair));
  const evidence = await readEvidence(github, repository, settled, inHistory, graph);
  for (const { pair, fix } of placed) {
    const isInHistory = inHistory.get(pair);
    const isTold = isInHistory !== undefined;
    answers.set(pair, isTold ? judgeHolding(fix, pair.head, isInHistory, evidence) : { holds: undefined });
  }
  return answers;
}

type PlacedPair<P> = { readonly pair: P; readonly fix: FixCommit };

const isObjectId = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

function isEnough(head: string, pairs: readonly CommitPair[], histories: Histories): boolean {
  const gap = openGraph(histories).wholeSince(head);
  return pairs
    .filter((pair) => pair.head === head)
    .every(({ fix }) => gap < (histories.commits.get(fix)?.at ?? Number.POSITIVE_INFINITY) - CLOCK_SKEW);
}

/**
 * Whether the fixes are in the histories of the heads. What was committed before the walk, as by fast-forward, is compared.
 * @returns by pair; what is not known is missing
 */
async function findInHistory<P extends CommitPair>(
  github: GitHub,
  repository: RepositoryName,
  placed: readonly PlacedPair<P>[],
  graph: CommitGraph,
  from: Date,
): Promise<ReadonlyMap<P, boolean>> {
  const isWalked = ({ pair, fix }: PlacedPair<P>) =>
    graph.reach(pair.head).has(pair.fix) || fix.at >= from.getTime();
  const old = placed.filter((each) => !isWalked(each)).slice(0, MOST_COMPARISONS);
  const compared = await inBatches(old, async ({ pair }): Promise<[P, boolean][]> => {
    const contained = await readAncestry(github, repository, pair);
    return contained === undefined ? [] : [[pair, contained]];
  });
  const walked = placed
    .filter(isWalked)
    .map(({ pair }): [P, boolean] => [pair, graph.reach(pair.head).has(pair.fix)]);
  return new Map([...walked, ...compared.flat()]);
}

/** Reads what messages only hint at: the pull requests of what they name, and the patches of what may be a copy. */
async function readEvidence<P extends CommitPair>(
  github: GitHub,
  repository: RepositoryName,
  placed: readonly PlacedPair<P>[],
  inHistory: ReadonlyMap<P, boolean>,
  graph: CommitGraph,
): Promise<CommitEvidence> {
  const plain = openEvidence(graph, `${repository.owner}/${repository.repo}`);
  const names = listNames(placed, inHistory, plain);
  const pulls = await readCommitPulls(github, repository, names.slice(0, MOST_NAMES));
  const evidence = { ...plain, pulls, isCut: names.length > MOST_NAMES };
  const candidates = placed.flatMap(({ pair, fix }) => {
    if (inHistory.get(pair) && evidence.revertsIn(pair.head).length === 0) return [];
    const since = fix.at - CLOCK_SKEW;
    const found = listCandidates(fix, targetFix(fix, evidence), pair.head, since, evidence);
    return found.map(({ commit, kind }) => ({ kind, commits: [fix.oid, commit.oid] }));
  });
  const wanted = candidates
    .toSorted((a, b) => Number(a.kind === "alike") - Number(b.kind === "alike"))
    .flatMap(({ commits }) => commits);
  const patches = await inBatches(
    [...new Set(wanted)].slice(0, MOST_PATCHES),
    async (oid) => [oid, await readPatch(github, repository, oid)] as const,
  );
  return { ...evidence, patches: new Map(patches) };
}

/** Reverts, picks and back-ports that matter to a pair, and what they name. */
function listNames<P extends CommitPair>(
  placed: readonly PlacedPair<P>[],
  inHistory: ReadonlyMap<P, boolean>,
  { graph, says, revertsIn }: CommitEvidence,
): string[] {
  const heads = [...new Set(placed.map(({ pair }) => pair.head))];
  const reverts = heads.flatMap((head) =>
    revertsIn(head).flatMap(({ commit, says: { commits } }) => [commit.oid, ...commits]),
  );
  const without = placed.filter(({ pair }) => !inHistory.get(pair));
  const fixes = new Set(without.map(({ fix }) => fix.pull));
  const copies = [...new Set(without.map(({ pair }) => pair.head))].flatMap((head) =>
    [...graph.reach(head)].flatMap((oid) => {
      const commit = graph.commits.get(oid);
      if (commit === undefined) return [];
      const { picks, backports } = says(commit);
      return picks.length > 0 || backports.some((number) => fixes.has(number)) ? [oid, ...picks] : [];
    }),
  );
  return [...new Set([...reverts, ...copies])];
}

async function inBatches<T, R>(list: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < list.length; start += AT_ONCE)
    answers.push(...(await Promise.all(list.slice(start, start + AT_ONCE).map(ask))));
  return answers;
}

const comparisonSchema = z.object({ status: z.enum(["ahead", "behind", "diverged", "identical"]) });

/**
 * GitHub's comparison of two commits: nothing is behind where the history of the head contains the fix.
 * @returns undefined where the repository does not know one of them, or one is no full SHA
 */
export async function readAncestry(
  github: GitHub,
  repository: RepositoryName,
  { fix, head }: CommitPair,
): Promise<boolean | undefined> {
  if (!isObjectId(fix) || !isObjectId(head)) return undefined;
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...repository,
      basehead: `${fix}...${head}`,
      per_page: 1,
    });
    const { status } = readReply(comparisonSchema, reply.data, "GET a comparison");
    return status === "ahead" || status === "identical";
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
