import type { Histories, HistoryCommit } from "./history.ts";

/** Questions to the commits that were read. */
export type CommitGraph = {
  readonly commits: ReadonlyMap<string, HistoryCommit>;
  /** What is known of the history of a commit, itself included. */
  readonly reach: (oid: string) => ReadonlySet<string>;
  /** Nothing that was committed after this instant is missing from what is known of the history of a head. */
  readonly wholeSince: (head: string) => number;
  /** A commit by its name, which may be cut. */
  readonly find: (name: string) => HistoryCommit | undefined;
  /** What a merge brought into one of its parents, the first unless another is named. */
  readonly broughtBy: (merge: HistoryCommit, into?: string) => ReadonlySet<string>;
};

/** Opens what was read as a graph. Histories are walked once each. */
export function openGraph({ commits, readTo }: Histories): CommitGraph {
  const reach = keep((oid) => walk(oid, commits));
  const find = (name: string) =>
    commits.get(name) ??
    (name.length < 40 ? [...commits.values()].find(({ oid }) => oid.startsWith(name)) : undefined);
  // Walked without being kept: there may be a thousand merges.
  const bring = ({ oid, parents }: HistoryCommit, into: string): ReadonlySet<string> => {
    if (parents.length < 2) return new Set([oid]);
    const before = walk(into, commits);
    return new Set([...walk(oid, commits)].filter((each) => !before.has(each)));
  };
  const broughtToFirst = keep((oid) => {
    const merge = commits.get(oid);
    return merge === undefined ? new Set<string>() : bring(merge, merge.parents[0] ?? "");
  });
  return {
    commits,
    reach,
    find,
    wholeSince: keep((head) => findGap(head, { commits, readTo }, reach)),
    broughtBy: (merge, into) => (into === undefined ? broughtToFirst(merge.oid) : bring(merge, into)),
  };
}

/** Asks once for each commit. */
function keep<T>(ask: (oid: string) => T): (oid: string) => T {
  const known = new Map<string, T>();
  return (oid) => {
    const answer = known.get(oid) ?? ask(oid);
    known.set(oid, answer);
    return answer;
  };
}

function walk(start: string, commits: ReadonlyMap<string, HistoryCommit>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const commit = commits.get(next);
    if (commit === undefined || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...commit.parents);
  }
  return seen;
}

/** A missing parent is older than all that was read of any head that leads to it: histories are read by date. */
function findGap(
  head: string,
  { commits, readTo }: Histories,
  reach: (oid: string) => ReadonlySet<string>,
): number {
  const isOpen = (oid: string) => commits.get(oid)?.parents.some((parent) => !commits.has(parent)) ?? false;
  return [...reach(head)].filter(isOpen).reduce((gap, oid) => {
    const ends = [...readTo].filter(([other]) => reach(other).has(oid)).map(([, to]) => to);
    return Math.max(gap, Math.min(...ends));
  }, Number.NEGATIVE_INFINITY);
}
