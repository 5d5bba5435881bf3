import type { WalkedCommit } from "./history-walk.ts";

/** What git writes into the message of a revert, also of one that takes a revert back. */
const REVERTS_COMMIT = /^This reverts commit ([0-9a-f]{7,64})/gim;
/** What GitHub's button writes into the description of a pull request, which a squash may take over. */
const REVERTS_PULL = /^Reverts (?:([\w.-]+\/[\w.-]+))?#(\d+)\s*$/gim;
/** The number in the title of a squashed pull request, in a revert's title too. */
const REVERTS_TITLE = /^Revert ".*\(#(\d+)\)"/;
const OWN_NUMBER = /^(?:Merge pull request #(\d+)|.*\(#(\d+)\)$)/m;

/**
 * The commit that took a commit out of a history and was not itself taken back. Pure.
 * @param commits of the history, newest first, as far as they may be newer than the commit
 * @param pull number of the pull request that brought the commit, if it is known
 * @param repository owner/name, which a bare `#12` means
 */
export function findRevert(
  commit: WalkedCommit,
  commits: readonly WalkedCommit[],
  repository: string,
  pull?: number | null,
): WalkedCommit | undefined {
  const names = nameCommit(commit, commits, pull);
  return commits.find((candidate, index) => {
    if (candidate.oid === commit.oid || !doesRevert(candidate, names, repository)) return false;
    return findRevert(candidate, commits.slice(0, index), repository) === undefined;
  });
}

/** All that a revert may call a commit: its own name, its merge's, and those of what it merged itself. */
type Names = { readonly oids: readonly string[]; readonly pulls: readonly number[] };

function nameCommit(commit: WalkedCommit, commits: readonly WalkedCommit[], pull?: number | null): Names {
  const merges = commits.filter((merge) => listMerged(merge, commits).has(commit.oid));
  const pulls = [commit, ...merges].flatMap(({ message }) => readOwnNumber(message) ?? []);
  return {
    oids: [commit, ...merges].map(({ oid }) => oid).concat([...listMerged(commit, commits)]),
    pulls: pull == null ? pulls : [pull, ...pulls],
  };
}

function readOwnNumber(message: string): number | undefined {
  const [headline = ""] = message.split("\n", 1);
  const [, merged, squashed] = OWN_NUMBER.exec(headline) ?? [];
  const number = Number(merged ?? squashed);
  return Number.isNaN(number) ? undefined : number;
}

/** Commits that a merge brought: what its further parents reach and its first one does not. */
function listMerged({ parents }: WalkedCommit, commits: readonly WalkedCommit[]): ReadonlySet<string> {
  const [first, ...others] = parents;
  if (first === undefined || others.length === 0) return new Set();
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  const before = reach([first], byOid);
  return new Set([...reach(others, byOid)].filter((oid) => !before.has(oid)));
}

function reach(from: readonly string[], byOid: ReadonlyMap<string, WalkedCommit>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (seen.has(oid)) continue;
    seen.add(oid);
    open.push(...(byOid.get(oid)?.parents ?? []));
  }
  return seen;
}

function doesRevert({ message }: WalkedCommit, { oids, pulls }: Names, repository: string): boolean {
  const shas = [...message.matchAll(REVERTS_COMMIT)].map(([, sha = ""]) => sha.toLowerCase());
  // A message that names its commit means that one and no other.
  if (shas.length > 0) return shas.some((sha) => oids.some((oid) => oid.startsWith(sha)));
  const here = [...message.matchAll(REVERTS_PULL)].filter(
    ([, where]) => where === undefined || where.toLowerCase() === repository.toLowerCase(),
  );
  const titled = REVERTS_TITLE.exec(message)?.[1];
  const numbers = [...here.map(([, , number]) => Number(number)), ...(titled ? [Number(titled)] : [])];
  return numbers.some((number) => pulls.includes(number));
}
