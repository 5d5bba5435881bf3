import type { GitHub, RepositoryName } from "./client.ts";
import { type Containments, readContainments } from "./containment.ts";
import type { CommitPair, WalkedCommit } from "./history-walk.ts";
import { findPick, findSuspects, readPatchIdentity } from "./picks.ts";
import { findRevert } from "./reverts.ts";

/** A fix, by its commit and, if it is known, the pull request that brought it. */
export type FixPair = CommitPair & { readonly pull: number | null };

/** Whether a commit has a fix, and why, if not by its history alone. */
export type Holding = {
  /** undefined: it cannot be told. */
  readonly holds: boolean | undefined;
  /** The commit of its history that carries the fix under another name. */
  readonly pick?: string;
  /** The commit that took the fix out again, and when it was committed, ISO 8601. */
  readonly revert?: { readonly oid: string; readonly at: string };
  /** A commit that may be the fix under another name. */
  readonly suspect?: string;
};

/** Commits that one run compares by what they change, at most; each costs a request. */
const MOST_SUSPECTS = 12;
const SUSPECTS_OF_ONE = 3;

/**
 * Answers which heads have which fixes. Beyond `readContainments`: a revert in the history takes a fix out, and a
 * cherry-pick or a back-port brings it, known by the trailer of `git cherry-pick -x` or by what it changes. Reverts
 * and picks are looked for among the newest 100 commits of a head.
 *
 * @param since an instant before most of the fixes
 * @returns pairs with a commit that the repository does not know are missing
 */
export async function readHoldings<P extends FixPair>(
  github: GitHub,
  repository: RepositoryName,
  pairs: readonly P[],
  since?: Date,
): Promise<Map<P, Holding>> {
  const known = await readContainments(github, repository, pairs, since);
  const name = `${repository.owner}/${repository.repo}`;
  const holdings = new Map<P, Holding>();
  const open: { readonly pair: P; readonly suspects: readonly WalkedCommit[] }[] = [];
  for (const [pair, contained] of known.answers) {
    const holding = judgeHistory(pair, contained, known, name);
    holdings.set(pair, holding);
    const suspects = holding.holds === false && !holding.revert ? listSuspects(pair, known) : [];
    if (suspects.length > 0) open.push({ pair, suspects });
  }
  const identify = rememberIdentities(github, repository);
  for (const { pair, suspects } of open)
    holdings.set(
      pair,
      await judgeSuspects(pair, suspects, identify, (pick) => judgePick(pick, pair, known, name)),
    );
  return holdings;
}

/** What the walk says: contained unless it was reverted; picked; or neither. */
function judgeHistory<P extends FixPair>(
  pair: P,
  contained: boolean,
  known: Containments<P>,
  name: string,
): Holding {
  const commits = known.walks.get(pair.head)?.commits ?? [];
  if (!contained) {
    const pick = findPick(pair.fix, known.fixes.get(pair.fix), commits);
    return pick === undefined ? { holds: false } : judgePick(pick, pair, known, name);
  }
  const fix = commits.find(({ oid }) => oid === pair.fix) ?? known.fixes.get(pair.fix);
  const revert = fix && findRevert(fix, commits, name, pair.pull);
  return revert === undefined ? { holds: true } : toReverted(revert);
}

const toReverted = ({ oid, at }: WalkedCommit): Holding => ({ holds: false, revert: { oid, at } });

function judgePick<P extends FixPair>(
  pick: WalkedCommit,
  { head }: P,
  { walks }: Containments<P>,
  name: string,
): Holding {
  const revert = findRevert(pick, walks.get(head)?.commits ?? [], name);
  return revert === undefined ? { holds: true, pick: pick.oid } : { ...toReverted(revert), pick: pick.oid };
}

function listSuspects<P extends FixPair>({ fix, head, pull }: P, { walks, fixes }: Containments<P>) {
  const found = fixes.get(fix);
  const commits = walks.get(head)?.commits ?? [];
  return found === undefined ? [] : findSuspects(found, pull, commits).slice(0, SUSPECTS_OF_ONE);
}

type Identify = (ref: string) => Promise<string | undefined>;

/** Each commit is asked for once, and no more than a run may ask. */
function rememberIdentities(github: GitHub, repository: RepositoryName): Identify {
  const asked = new Map<string, Promise<string | undefined>>();
  return (ref) => {
    const known = asked.get(ref);
    if (known !== undefined) return known;
    if (asked.size >= MOST_SUSPECTS) return Promise.resolve(undefined);
    const identity = readPatchIdentity(github, repository, ref);
    asked.set(ref, identity);
    return identity;
  };
}

/** A commit that changes the same is the fix; one that only looks like it leaves the question open. */
async function judgeSuspects(
  { fix }: FixPair,
  suspects: readonly WalkedCommit[],
  identify: Identify,
  judge: (pick: WalkedCommit) => Holding,
): Promise<Holding> {
  const wanted = await identify(fix);
  for (const suspect of suspects)
    if (wanted !== undefined && (await identify(suspect.oid)) === wanted) return judge(suspect);
  return { holds: undefined, ...(suspects[0] ? { suspect: suspects[0].oid } : {}) };
}
