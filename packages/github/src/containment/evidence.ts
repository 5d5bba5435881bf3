import type { CommitGraph } from "./graph.ts";
import type { HistoryCommit } from "./history.ts";
import { parseBackports, parsePicks, parseRevert, parseTitle, type RevertStatement } from "./messages.ts";
import type { CommitPull } from "./naming-pulls.ts";
import type { CommitPatch } from "./patches.ts";

/** A fix, with the number of its pull request. */
export type FixCommit = HistoryCommit & { readonly pull: number | null };

/** What the message of a commit says. */
export type Statements = {
  readonly revert: RevertStatement | undefined;
  readonly picks: readonly string[];
  readonly backports: readonly number[];
  readonly title: string;
};

/** All that an answer is drawn from. */
export type CommitEvidence = {
  readonly graph: CommitGraph;
  readonly says: (commit: HistoryCommit) => Statements;
  /** Commits of a head that revert something. */
  readonly revertsIn: (head: string) => readonly RevertCommit[];
  /** By the name of a commit: the pull requests that it is of. */
  readonly pulls: ReadonlyMap<string, readonly CommitPull[]>;
  /** By commit; null: cannot be compared. */
  readonly patches: ReadonlyMap<string, CommitPatch | null>;
  /** Messages name more commits than were looked up. */
  readonly isCut: boolean;
};

export type RevertCommit = { readonly commit: HistoryCommit; readonly says: RevertStatement };

/** Messages are read once each. @param repository owner/name */
export function openEvidence(graph: CommitGraph, repository: string): CommitEvidence {
  const statements = new Map(
    [...graph.commits.values()].map((commit) => [commit.oid, readStatements(commit, repository)]),
  );
  const says = ({ oid, message }: HistoryCommit) =>
    statements.get(oid) ?? readStatements({ message }, repository);
  const reverting = [...graph.commits.values()].flatMap((commit): RevertCommit[] => {
    const { revert } = says(commit);
    return revert === undefined ? [] : [{ commit, says: revert }];
  });
  return {
    graph,
    says,
    revertsIn: (head) => reverting.filter(({ commit }) => graph.reach(head).has(commit.oid)),
    pulls: new Map(),
    patches: new Map(),
    isCut: false,
  };
}

const readStatements = ({ message }: Pick<HistoryCommit, "message">, repository: string): Statements => ({
  revert: parseRevert(message, repository),
  picks: parsePicks(message),
  backports: parseBackports(message, repository),
  title: parseTitle(message),
});

/** Something that a revert may take out: a fix, a copy of it, or another revert. */
export type RevertTarget = {
  readonly commit: HistoryCommit;
  /** Commits that stand for it, itself included. */
  readonly names: ReadonlySet<string>;
  readonly pulls: readonly number[];
  readonly title?: string;
};

/** A fix is also named by any commit of its pull request. */
export function targetFix(fix: FixCommit, { graph, pulls, says }: CommitEvidence): RevertTarget {
  const named = [...pulls].filter(([, all]) => all.some(({ number }) => number === fix.pull));
  return {
    commit: fix,
    names: new Set([fix.oid, ...graph.broughtBy(fix), ...named.map(([name]) => name)]),
    pulls: fix.pull === null ? [] : [fix.pull],
    title: says(fix).title,
  };
}

/** A copy falls with what it is a copy of. */
export function targetCopy(
  copy: { readonly commit: HistoryCommit; readonly parts: readonly HistoryCommit[] },
  original: RevertTarget,
  evidence: CommitEvidence,
): RevertTarget {
  const all = [copy.commit, ...copy.parts];
  const pulls = all.flatMap((commit) => targetCommit(commit, evidence).pulls);
  return {
    commit: copy.commit,
    names: new Set([...all.map(({ oid }) => oid), ...original.names]),
    pulls: [...pulls, ...original.pulls],
  };
}

export const targetCommit = (commit: HistoryCommit, { pulls }: CommitEvidence): RevertTarget => ({
  commit,
  names: new Set([commit.oid]),
  pulls: (pulls.get(commit.oid) ?? []).map(({ number }) => number),
});

/** Does a name, which may be cut, mean one of these commits? */
export const isNamed = (name: string, { names }: RevertTarget): boolean =>
  names.has(name) || (name.length < 40 && [...names].some((each) => each.startsWith(name)));
