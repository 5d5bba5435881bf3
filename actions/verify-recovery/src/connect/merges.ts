import {
  type GitHub,
  type PullReference,
  type RecentMerge,
  type RepositoryName,
  readPullRequests,
  readPullTexts,
  repositoryName,
} from "@patchpilot/github";
import { attemptBranch, type Incident } from "@patchpilot/incident";
import type { Ledger } from "@patchpilot/ledger";
import type { Merge } from "../questions/case.ts";
import { issuesFixedBy, pullsRevertedBy } from "./fix-statement.ts";
import { findFixEpisode, fixesSince } from "./to-case.ts";

/** Where fixes are merged. */
export type Where = {
  readonly github: GitHub;
  /** owner/name */
  readonly name: string;
  /** owner/name of the repository with the incidents. */
  readonly home: string;
};

export type FixTarget = Where & { readonly homeId: number };

/** The branch of an attempt at an incident's issue. */
const nameBranch = ({ home, homeId, name }: FixTarget, issue: number, attempt: number): string =>
  attemptBranch({ repositoryId: homeId, issue, attempt }, home.toLowerCase() !== name.toLowerCase());

/** A merged pull request and the attempt that it is of; null: a person's. */
type Candidate = Merge & { readonly pullRequest: number };

/**
 * The newest merged fix of each incident's episode: an attempt's pull request, known by its branch, or a person's
 * that says so. What refers to an issue was read with it; only people's texts, and attempts in another repository,
 * cost a request.
 */
export async function readMerges(
  incidents: readonly Incident[],
  { pullReferences, recentMerges = [], repository }: Ledger,
  where: Where,
): Promise<Map<number, Merge>> {
  const target = { ...where, homeId: repository.databaseId };
  const pulls = new Map(
    incidents.map(({ number }) => [number, mergedHere(pullReferences?.get(number) ?? [], target)]),
  );
  const [texts, attempts] = await Promise.all([
    readTexts(incidents, pulls, recentMerges, target),
    readAttempts(incidents, pullReferences, target),
  ]);
  return new Map(
    incidents.flatMap((incident): [number, Merge][] => {
      const { number } = incident;
      const known = (pulls.get(number) ?? []).flatMap((pull) => judgeCandidate(pull, number, texts, target));
      const candidates = [...known, ...(attempts.get(number) ?? [])];
      const merge = findNewest(dropReverts(candidates, texts, target), incident);
      return merge === undefined ? [] : [[number, merge]];
    }),
  );
}

const isHere = ({ repository }: PullReference, { name }: FixTarget): boolean =>
  repository.toLowerCase() === name.toLowerCase();

const mergedHere = (references: readonly PullReference[], target: FixTarget): PullReference[] =>
  references.filter((pull) => isHere(pull, target) && pull.mergedAt !== null && pull.mergeCommit !== null);

/** Who reverts a fix may well name its issue; who reverts that revert brings the fix back. */
function dropReverts(
  candidates: readonly Candidate[],
  texts: ReadonlyMap<number, string>,
  { name }: FixTarget,
): Candidate[] {
  const fixes: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => a.at - b.at)) {
    const reverted = pullsRevertedBy(texts.get(candidate.pullRequest) ?? "", name);
    if (!fixes.some(({ pullRequest }) => reverted.includes(pullRequest))) fixes.push(candidate);
  }
  return fixes;
}

function findNewest(candidates: readonly Candidate[], incident: Incident): Merge | undefined {
  const since = fixesSince(incident);
  return candidates.filter(({ at }) => at > since).sort((a, b) => b.at - a.at)[0];
}

/** The attempt whose branch a pull request is from: a fork may bear any name. */
export function parseAttempt(
  { branch, isFork }: PullReference,
  issue: number,
  target: FixTarget,
): number | undefined {
  const attempt = /-a([1-9]\d{0,4})$/.exec(branch)?.[1];
  if (isFork || attempt === undefined) return undefined;
  return branch === nameBranch(target, issue, Number(attempt)) ? Number(attempt) : undefined;
}

function judgeCandidate(
  pull: PullReference,
  issue: number,
  texts: ReadonlyMap<number, string>,
  target: FixTarget,
): Candidate[] {
  const attempt = parseAttempt(pull, issue, target) ?? null;
  const says =
    pull.closes || issuesFixedBy(texts.get(pull.number) ?? "", target.home, target.name).includes(issue);
  if (attempt === null && !says) return [];
  return [
    {
      commit: pull.mergeCommit ?? "",
      at: Date.parse(pull.mergedAt ?? ""),
      attempt,
      pullRequest: pull.number,
    },
  ];
}

/** What people's pull requests say, as far as it was not read with the list of recent merges. */
async function readTexts(
  incidents: readonly Incident[],
  pulls: ReadonlyMap<number, readonly PullReference[]>,
  recent: readonly RecentMerge[],
  target: FixTarget,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map(
    recent.filter((pull) => isHere(pull, target)).map(({ number, text }) => [number, text]),
  );
  const unread = incidents.flatMap((incident) => {
    const { number } = incident;
    const since = fixesSince(incident);
    return (pulls.get(number) ?? [])
      .filter(
        (pull) => parseAttempt(pull, number, target) === undefined && !pull.closes && !texts.has(pull.number),
      )
      .filter(({ mergedAt }) => Date.parse(mergedAt ?? "") > since)
      .map((pull) => pull.number);
  });
  const read = await readPullTexts(target.github, repositoryName(target.name), [...new Set(unread)]);
  return new Map([...texts, ...read]);
}

/** Attempts whose pull request is known to dispatch and does not show on the issue: it is in another repository. */
async function readAttempts(
  incidents: readonly Incident[],
  references: Ledger["pullReferences"],
  target: FixTarget,
): Promise<ReadonlyMap<number, Candidate[]>> {
  const branches = incidents.flatMap((incident) => {
    const { number, records } = incident;
    const episode = findFixEpisode(incident);
    const shown = references?.get(number) ?? [];
    return [...records.attempts.values()]
      .map(({ data }) => data)
      .filter((attempt) => attempt.episode >= episode && attempt.pullRequest !== undefined)
      .map(({ attempt }) => ({ issue: number, attempt, branch: nameBranch(target, number, attempt) }))
      .filter(({ branch }) => !shown.some((pull) => isHere(pull, target) && pull.branch === branch));
  });
  const names = branches.map(({ branch }) => branch);
  const repository: RepositoryName = repositoryName(target.name);
  const found = names.length === 0 ? new Map() : await readPullRequests(target.github, repository, names);
  return Map.groupBy(
    branches.flatMap(({ issue, attempt, branch }): (Candidate & { issue: number })[] => {
      const pull = found.get(branch);
      if (!pull?.mergedAt || !pull.mergeCommit) return [];
      const at = Date.parse(pull.mergedAt);
      return [{ issue, attempt, commit: pull.mergeCommit, at, pullRequest: pull.number }];
    }),
    ({ issue }) => issue,
  );
}
