import {
  type Extras,
  type GitHub,
  type GitHubIssue,
  type GitHubRepository,
  type IncidentSearch,
  listLabels,
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
  commandLabel,
  type Incident,
  PHASES,
  type Phase,
  phaseLabel,
  UMBRELLA_LABEL,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { DAY, MINUTE } from "@patchpilot/time";
import type { Belief } from "./belief.ts";
import { readWhole } from "./read-whole.ts";

/** Which incidents a run wants: these numbers, or all in these phases. */
export type Wanted = { readonly numbers: readonly number[] } | WantedPhases;
type WantedPhases = { readonly phases: readonly Phase[]; readonly commands?: readonly Command[] };

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
};

/** A recovery is watched for 90 days; one more for a tick that came late. */
const LAST_LOOK = 91 * DAY;
/** How often the page that is looked at in turn changes. */
const TURN = 5 * MINUTE;
const PAGE = 100;

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
  const now = "numbers" in wanted ? 0 : (await github.clock()).getTime();
  const page = await readIssues(github, name, "numbers" in wanted ? wanted : toSearch(wanted, now), extras);
  const strays = "numbers" in wanted ? [] : await findStrays(github, name, page, now, extras);
  const issues = [...page.issues, ...strays];
  const believed = belief(page.repository.databaseId);
  const incidents = await readAllWhole(github, name, issues, believed);
  const { repository, refs, dispatchFacts, recentMerges } = page;
  return {
    repository,
    belief: believed,
    refs,
    recentMerges,
    ...omitUndefined({ dispatchFacts }),
    pullReferences: new Map(
      issues.flatMap(({ number, pullRequestReferences: found }) =>
        found ? [[number, toReferences(found)]] : [],
      ),
    ),
    incidents,
  };
}

function toSearch({ phases, commands = [] }: WantedPhases, now: number): IncidentSearch {
  const open = phases.filter((phase) => phase !== "recovered").map(phaseLabel);
  const closed = { label: phaseLabel("recovered"), since: new Date(now - LAST_LOOK).toISOString() };
  return {
    labels: [...open, ...commands.map(commandLabel)],
    updatedSince: new Date(now - DAY).toISOString(),
    ...(phases.includes("recovered") ? { closed } : {}),
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

/** Open incidents without exactly one phase label, from the page whose turn it is. */
async function findStrays(
  github: GitHub,
  name: RepositoryName,
  read: { readonly issues: readonly GitHubIssue[]; readonly total: number },
  now: number,
  { pullReferences = false }: Extras,
): Promise<readonly GitHubIssue[]> {
  if (read.total === 0) return [];
  const pages = Math.ceil(read.total / PAGE);
  const turn = (Math.floor(now / TURN) % pages) + 1;
  const known = new Set(read.issues.map((issue) => issue.number));
  const strays = (await listLabels(github, name, turn))
    .filter(({ number, labels }) => !known.has(number) && phaseLabels(labels).length !== 1)
    .map(({ number }) => number);
  if (strays.length === 0) return [];
  return (await readIssues(github, name, { numbers: strays }, { pullReferences })).issues;
}

const PHASE_LABELS = new Set(PHASES.map(phaseLabel));
const phaseLabels = (labels: readonly string[]): string[] =>
  labels.filter((label) => PHASE_LABELS.has(label));

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
