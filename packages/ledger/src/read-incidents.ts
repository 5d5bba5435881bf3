import {
  type Extras,
  type GitHub,
  type GitHubIssue,
  type GitHubRepository,
  type IncidentSearch,
  type PullReference,
  type RecentDispatches,
  type RecentMerge,
  type RefState,
  type RepositoryName,
  readIssues,
  toReferences,
} from "@patchpilot/github";
import {
  type Command,
  type Incident,
  labelsOfCommand,
  type Phase,
  phaseLabel,
  UMBRELLA_LABEL,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { DAY } from "@patchpilot/time";
import type { Belief } from "./belief.ts";
import { FIRST_PAGE, findStrays, listInTurn, phaseLabels, type TurnListing, watchBegin } from "./in-turn.ts";
import { readWhole } from "./read-whole.ts";
import { readWatchIndex, type WatchIndex, watchRefs } from "./watch-index.ts";

/** Which incidents a run wants: these numbers, or all in these phases. */
export type Wanted = { readonly numbers: readonly number[] } | WantedPhases;
type WantedPhases = {
  readonly phases: readonly Phase[];
  readonly commands?: readonly Command[];
  /** Of many that wait for proof or are watched after their close, one page is read, and the index. */
  readonly inTurn?: boolean;
};

/** What one read of the ledger answers. */
export type Ledger = {
  readonly repository: GitHubRepository;
  readonly belief: Belief;
  readonly incidents: readonly Incident[];
  readonly dispatchFacts?: RecentDispatches;
  /** By issue number: pull requests that refer to it. Absent: not asked for. */
  readonly pullReferences?: ReadonlyMap<number, readonly PullReference[]>;
  readonly recentMerges?: readonly RecentMerge[];
  readonly refs: ReadonlyMap<string, RefState | undefined>;
  /** What is watched, where it is more than a search answers by itself. */
  readonly watched?: WatchIndex;
  /** Of that, issues that do not exist any more. */
  readonly missing?: readonly number[];
};

/**
 * Reads incidents with their records. By phase, it also looks at everything that changed in the last 24 h, and at
 * one page of all open incidents in turn, so that a lost label is healed within a day.
 */
export async function readIncidents(
  github: GitHub,
  name: RepositoryName,
  wanted: Wanted,
  belief: (repositoryId: number) => Belief,
  extras: Extras = {},
): Promise<Ledger> {
  const { page, watched, more } =
    "numbers" in wanted
      ? { page: await readIssues(github, name, wanted, extras), watched: undefined, more: [] }
      : await readInPhases({ github, name, now: (await github.clock()).getTime() }, wanted, extras);
  const issues = [...page.issues, ...more];
  const believed = belief(page.repository.databaseId);
  const incidents = await readAllWhole(github, name, issues, believed);
  const { repository, refs, dispatchFacts, recentMerges } = page;
  return {
    repository,
    belief: believed,
    refs,
    recentMerges,
    ...omitUndefined({ dispatchFacts, watched }),
    pullReferences: new Map(
      issues.flatMap(({ number, pullRequestReferences: found }) =>
        found ? [[number, toReferences(found)]] : [],
      ),
    ),
    incidents,
  };
}

/** What a search finds, the index that came with it, and issues whose turn it is. */
async function readInPhases(listing: TurnListing, wanted: WantedPhases, extras: Extras) {
  const { github, name, now } = listing;
  const { inTurn = false } = wanted;
  const refs = [...(extras.refs ?? []), ...(inTurn ? watchRefs(now) : [])];
  const page = await readIssues(github, name, toSearch(wanted, now), { ...extras, refs });
  const listed = await Promise.all([findStrays(listing, page), inTurn ? listInTurn(listing, page) : []]);
  const known = new Set(page.issues.map(({ number }) => number));
  const numbers = [...new Set(listed.flat())].filter((number) => !known.has(number));
  const { pullReferences = false } = extras;
  const found = numbers.length > 0 && (await readIssues(github, name, { numbers }, { pullReferences }));
  const isIndexed = inTurn && page.totals.closed > FIRST_PAGE;
  return {
    page,
    more: found ? found.issues : [],
    watched: isIndexed ? readWatchIndex(page.refs, now) : undefined,
  };
}

function toSearch({ phases, commands = [], inTurn = false }: WantedPhases, now: number): IncidentSearch {
  const isListed = (phase: Phase) => !(inTurn && phase === "verifying");
  const closed = { label: phaseLabel("recovered"), since: watchBegin(now) };
  return {
    labels: [...phases.filter(isListed).map(phaseLabel), ...commands.flatMap(labelsOfCommand)],
    updatedSince: new Date(now - DAY).toISOString(),
    ...(phases.includes("recovered") ? { closed } : {}),
    ...(inTurn ? { waiting: phaseLabel("verifying") } : {}),
  };
}

export async function readAllWhole(
  github: GitHub,
  name: RepositoryName,
  issues: readonly GitHubIssue[],
  belief: Belief,
): Promise<Incident[]> {
  const incidents: Incident[] = [];
  for (const issue of issues) incidents.push(await readWhole(github, name, issue, belief));
  return incidents;
}

/** The labels of ours that an incident should carry; commands are people's and are left alone. */
export function projectedLabels(phase: Phase): string[] {
  return [UMBRELLA_LABEL, phaseLabel(phase)];
}

/** Which of our labels to add and to take off, so that the issue shows its phase. */
export function labelDifference(
  labels: readonly string[],
  phase: Phase,
): { readonly add: string[]; readonly remove: string[] } {
  const wanted = projectedLabels(phase);
  return {
    add: wanted.filter((label) => !labels.includes(label)),
    remove: phaseLabels(labels).filter((label) => !wanted.includes(label)),
  };
}
