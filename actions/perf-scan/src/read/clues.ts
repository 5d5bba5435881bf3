import {
  rankCommits,
  rankFilesOfOperation,
  type SuspectCommit,
  type SuspectFile,
  type TouchingCommit,
} from "@patchpilot/evidence";
import { type Tolerate, tolerant } from "@patchpilot/http";
import type { Finding, Settings } from "../decide/facts.ts";
import { type ReleaseNear, releaseNear, releasesOf } from "../decide/find-release.ts";
import type { Comparison, HistoryQuestion, Ports, Release } from "../ports.ts";

/** What releases and the repository say about one finding. */
export type Clues = {
  readonly near: ReleaseNear | null;
  readonly suspects: readonly SuspectFile[];
  readonly commits: readonly SuspectCommit[];
  /** What could not be looked at, one sentence each. */
  readonly gaps: readonly string[];
};

/** Releases that are compared in one run, files whose history is asked for in each, commits that are named. */
const MOST_COMPARISONS = 3;
const FILES_OF_HISTORY = 3;
const MOST_COMMITS = 5;
const WEEK = 7 * 86_400_000;
const PERIOD = "with the release that came when it became slow";

type Warn = (sentence: string) => void;
type Plan = Pick<Clues, "near" | "suspects" | "gaps"> & {
  readonly comparison: Comparison | null;
  readonly questions: readonly HistoryQuestion[];
};

/**
 * Looks for what made operations slow: the release near each breakpoint, what it changed, files that are named like the
 * operation. One request to Sentry, and to GitHub one for the files, one for each different release (at most 3) and one
 * for all histories. What cannot be read is said in a warning; it never stops an incident.
 */
export async function investigateAll(
  findings: readonly Finding[],
  ports: Pick<Ports, "code" | "spans">,
  settings: Settings,
  warn: Warn,
): Promise<Clues[]> {
  if (findings.length === 0) return [];
  const tolerate = tolerant(warn);
  const releases = await readReleases(findings, ports, tolerate);
  const own = findings.map(({ operation }) =>
    releases === null ? null : releasesOf(releases, operation.project),
  );
  const nears = findings.map(({ breakpoint }, index) => releaseNear(own[index] ?? [], breakpoint));
  const comparisons = await compareAll(nears, ports, tolerate);
  const listed =
    settings.suspectFiles === 0
      ? null
      : await tolerate("The repository's files could not be listed", () => ports.code.listFiles());
  const plans = findings.map((finding, index) => {
    const near = nears[index] ?? null;
    const comparison = comparisons.get(pairOf(near)) ?? null;
    const known = { files: listed?.paths ?? [], releases: own[index] ?? null, settings };
    return planOf(finding, near, comparison, known);
  });
  const questions = plans.flatMap((plan) => plan.questions);
  const histories =
    questions.length === 0
      ? []
      : ((await tolerate("The history of suspect files could not be read", () =>
          ports.code.readHistory(questions),
        )) ?? []);
  let next = 0;
  return plans.map(({ questions: asked, comparison, ...plan }) => {
    const answers = histories.slice(next, next + asked.length).flat();
    next += asked.length;
    return { ...plan, commits: commitsOf(answers, comparison, plan.suspects) };
  });
}

/** Nobody is asked where it is not known of any of them when it became slow. */
async function readReleases(
  findings: readonly Finding[],
  { spans }: Pick<Ports, "spans">,
  tolerate: Tolerate,
): Promise<readonly Release[] | null> {
  const dated = findings.filter(({ breakpoint }) => breakpoint !== null);
  if (dated.length === 0) return [];
  const projects = [...new Set(dated.map(({ operation }) => operation.project))];
  return tolerate("Sentry's releases could not be listed", () => spans.listReleases(projects));
}

const pairOf = (near: ReleaseNear | null): string =>
  near?.release.commit && near.previous?.commit ? `${near.previous.commit}...${near.release.commit}` : "";

async function compareAll(
  nears: readonly (ReleaseNear | null)[],
  { code }: Pick<Ports, "code">,
  tolerate: Tolerate,
): Promise<ReadonlyMap<string, Comparison>> {
  const pairs = [...new Set(nears.map(pairOf))].filter((pair) => pair !== "").slice(0, MOST_COMPARISONS);
  const found = new Map<string, Comparison>();
  for (const pair of pairs) {
    const [base = "", head = ""] = pair.split("...");
    const comparison = await tolerate("Two releases could not be compared", () => code.compare(base, head));
    if (comparison !== null) found.set(pair, comparison);
  }
  return found;
}

function planOf(
  { operation, breakpoint }: Finding,
  near: ReleaseNear | null,
  comparison: Comparison | null,
  known: {
    readonly files: readonly string[];
    readonly releases: readonly Release[] | null;
    readonly settings: Settings;
  },
): Plan {
  const suspects = rankFilesOfOperation({
    names: [operation.transaction, operation.description],
    changed: comparison?.files ?? [],
    files: known.files,
    most: known.settings.suspectFiles,
    period: PERIOD,
  });
  const until = near?.release.at ?? (breakpoint === null ? null : new Date(breakpoint).toISOString());
  const since = near?.previous?.at ?? (until === null ? null : instant(Date.parse(until) - WEEK));
  const asked = comparison === null || until === null || since === null ? [] : suspects;
  return {
    near,
    comparison,
    suspects,
    gaps: gapsOf(breakpoint, near, comparison, known.releases),
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
function commitsOf(
  answers: readonly TouchingCommit[],
  comparison: Comparison | null,
  suspects: readonly SuspectFile[],
): SuspectCommit[] {
  if (comparison === null) return [];
  const between = new Set(comparison.commits.map(({ sha }) => sha));
  const touching = mergeCommits(answers.filter(({ sha }) => between.has(sha)));
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

/** One entry a commit, with all the files that it touched. */
function mergeCommits(answers: readonly TouchingCommit[]): TouchingCommit[] {
  const merged = new Map<string, TouchingCommit>();
  for (const commit of answers) {
    const files = [...(merged.get(commit.sha)?.files ?? []), ...commit.files];
    merged.set(commit.sha, { ...commit, files: [...new Set(files)] });
  }
  return [...merged.values()];
}

function gapsOf(
  breakpoint: number | null,
  near: ReleaseNear | null,
  comparison: Comparison | null,
  releases: readonly Release[] | null,
): string[] {
  if (breakpoint === null) return ["When it became slow is not clear, so no release is suspected."];
  if (releases === null) return ["Sentry's releases could not be read, so no release is suspected."];
  if (near === null)
    return [
      releases.length === 0
        ? "Sentry knows no release of this environment: set `release` in `Sentry.init`, and no change stays anonymous."
        : "No release came within 12 hours before it became slow: look at traffic, data, and the services that it calls.",
    ];
  if (comparison !== null) return [];
  return [
    near.previous === null
      ? "There is no earlier release to compare with."
      : "What the release changed is not known: its commits are not in this repository, or Sentry does not name them (`sentry-cli releases set-commits`).",
  ];
}
