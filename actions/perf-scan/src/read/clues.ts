import { askHistories, type HistoryQuestion } from "@patchpilot/acceptance";
import {
  rankCommits,
  rankFilesOfOperation,
  type SuspectCommit,
  type SuspectFile,
  type TouchingCommit,
} from "@patchpilot/evidence";
import { type Tolerate, tolerant } from "@patchpilot/http";
import { WEEK } from "@patchpilot/time";
import { findRelease, ownReleases } from "../decide/find-release.ts";
import type { Bottleneck, Clues, DatedRelease, ReleaseChanges, ReleaseNear } from "../facts.ts";
import type { PerfScanPorts } from "../ports.ts";

/** Releases that are compared in one run, files whose history is asked for in each, commits that are named. */
const MOST_COMPARISONS = 3;
const FILES_OF_HISTORY = 3;
const MOST_COMMITS = 5;
const PERIOD = "with the release that came when it became slow";

type Plan = Pick<Clues, "near" | "suspects" | "gaps"> & {
  readonly comparison: ReleaseChanges | null;
  readonly questions: readonly HistoryQuestion[];
};

/**
 * Looks for what made operations slow: the release near each breakpoint, what it changed, files that are named like the
 * operation. One request to Sentry, and to GitHub one for the files, one for each different release (at most 3) and one
 * for all histories. What cannot be read is said in a warning; it never stops an incident.
 */
export async function investigateBottlenecks(
  findings: readonly Bottleneck[],
  ports: Pick<PerfScanPorts, "code" | "spans">,
  mostFiles: number,
  warn: (sentence: string) => void,
): Promise<Clues[]> {
  if (findings.length === 0) return [];
  const tolerate = tolerant(warn);
  const releases = await readReleases(findings, ports, tolerate);
  const own = findings.map(({ operation }) =>
    releases === null ? null : ownReleases(releases, operation.project),
  );
  const nears = findings.map(({ breakpoint }, index) => findRelease(own[index] ?? [], breakpoint));
  const comparisons = await compareAll(nears, ports, tolerate);
  const listed =
    mostFiles === 0
      ? null
      : await tolerate("The repository's files could not be listed", () => ports.code.listFiles());
  const plans = findings.map((finding, index) => {
    const near = nears[index] ?? null;
    const comparison = comparisons.get(namePair(near)) ?? null;
    const known = { files: listed?.paths ?? [], releases: own[index] ?? null, mostFiles };
    return planClues(finding, near, comparison, known);
  });
  const questions = plans.map((plan) => plan.questions);
  const histories = await askHistories(questions, ports.code, tolerate);
  return plans.map(({ near, suspects, gaps, comparison }, index) => ({
    near,
    suspects,
    gaps,
    commits: suspectCommits(histories[index] ?? [], comparison, suspects),
  }));
}

/** Nobody is asked where it is not known of any of them when it became slow. */
async function readReleases(
  findings: readonly Bottleneck[],
  { spans }: Pick<PerfScanPorts, "spans">,
  tolerate: Tolerate,
): Promise<readonly DatedRelease[] | null> {
  const dated = findings.filter(({ breakpoint }) => breakpoint !== null);
  if (dated.length === 0) return [];
  const projects = [...new Set(dated.map(({ operation }) => operation.project))];
  return tolerate("Sentry's releases could not be listed", () => spans.listReleases(projects));
}

const namePair = (near: ReleaseNear | null): string =>
  near?.release.commit && near.previous?.commit ? `${near.previous.commit}...${near.release.commit}` : "";

async function compareAll(
  nears: readonly (ReleaseNear | null)[],
  { code }: Pick<PerfScanPorts, "code">,
  tolerate: Tolerate,
): Promise<ReadonlyMap<string, ReleaseChanges>> {
  const pairs = [...new Set(nears.map(namePair))].filter((pair) => pair !== "").slice(0, MOST_COMPARISONS);
  const found = new Map<string, ReleaseChanges>();
  for (const pair of pairs) {
    const [base = "", head = ""] = pair.split("...");
    const comparison = await tolerate("Two releases could not be compared", () => code.compare(base, head));
    if (comparison !== null) found.set(pair, comparison);
  }
  return found;
}

function planClues(
  { operation, breakpoint }: Bottleneck,
  near: ReleaseNear | null,
  comparison: ReleaseChanges | null,
  known: {
    readonly files: readonly string[];
    readonly releases: readonly DatedRelease[] | null;
    readonly mostFiles: number;
  },
): Plan {
  const suspects = rankFilesOfOperation({
    names: [operation.transaction, operation.description],
    changed: comparison?.files ?? [],
    files: known.files,
    most: known.mostFiles,
    period: PERIOD,
  });
  const until = near?.release.at ?? (breakpoint === null ? null : new Date(breakpoint).toISOString());
  const since = near?.previous?.at ?? (until === null ? null : instant(Date.parse(until) - WEEK));
  const asked = comparison === null || until === null || since === null ? [] : suspects;
  return {
    near,
    comparison,
    suspects,
    gaps: describeMissing(breakpoint, near, comparison, known.releases),
    questions: asked.slice(0, FILES_OF_HISTORY).map(({ file }) => ({
      path: file,
      commit: near?.release.commit ?? null,
      // The commit that the release before was built from lies at the beginning; it is not among them by its own date.
      since: instant(Date.parse(since ?? "") - WEEK),
      until: until ?? "",
    })),
  };
}

const instant = (at: number): string => new Date(at).toISOString();

/** Commits between the two releases that touched suspect files; where that is not known, the newest of them. */
function suspectCommits(
  answers: readonly TouchingCommit[],
  comparison: ReleaseChanges | null,
  suspects: readonly SuspectFile[],
): SuspectCommit[] {
  if (comparison === null) return [];
  const between = new Set(comparison.commits.map(({ sha }) => sha));
  const touching = answers.filter(({ sha }) => between.has(sha));
  const ranked = rankCommits(touching, suspects, MOST_COMMITS).map((commit) => ({
    ...commit,
    reasons: [
      `changed ${commit.files.length === 1 ? "a suspect file" : `${commit.files.length} suspect files`}`,
    ],
  }));
  const named = new Set(ranked.map(({ sha }) => sha));
  const others = comparison.commits
    .toReversed()
    .filter(({ sha }) => !named.has(sha))
    .map((commit) => ({ ...commit, files: [], reasons: ["came with the same release"] }));
  return [...ranked, ...others].slice(0, MOST_COMMITS);
}

function describeMissing(
  breakpoint: number | null,
  near: ReleaseNear | null,
  comparison: ReleaseChanges | null,
  releases: readonly DatedRelease[] | null,
): string[] {
  if (breakpoint === null) return ["When it became slow is not clear, so no release is suspected."];
  if (releases === null) return ["Sentry's releases could not be read, so no release is suspected."];
  if (near === null)
    return [
      releases.length === 0
        ? "Sentry has no release of this environment. Set `release` in `Sentry.init` to have changes named here."
        : "No release came within 12 hours before it became slow: look at traffic, data, and the services that it calls.",
    ];
  if (comparison !== null) return [];
  return [
    near.previous === null
      ? "There is no earlier release to compare with."
      : "What the release changed is not known: its commits are not in this repository, or Sentry does not name them (`sentry-cli releases set-commits`).",
  ];
}
