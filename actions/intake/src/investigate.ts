import { arrangeFiles, filesOfStack, type RepositoryFiles, type TouchingCommit } from "@patchpilot/evidence";
import { type Tolerate, tolerant } from "@patchpilot/http";
import { releaseBefore, type SentryRelease } from "@patchpilot/sentry";
import { inTurn } from "./confirm.ts";
import type { Candidate } from "./facts.ts";
import { chainOf } from "./facts.ts";
import type { CodeReader, HistoryQuestion, SentryReader } from "./ports.ts";

/** What the repository and Sentry's releases say about one candidate. */
export type Findings = {
  /** Null where the files could not be listed. */
  readonly files: RepositoryFiles | null;
  readonly commits: readonly TouchingCommit[];
  /** The environment's last release without the fault, as Sentry names it: hostile text. */
  readonly goodRelease: string | null;
  /** When the commits were made, as the end of a sentence. */
  readonly period: string;
};

/** Most files an incident whose history is asked for, and questions in one request: GitHub answers within 10 s. */
const FILES_PER_INCIDENT = 3;
const MOST_QUESTIONS = 120;
const WEEK = 7 * 86_400_000;

/**
 * Looks up files, releases and commits of many candidates: one listing of files, one list of releases a project, one
 * query for all histories. What cannot be read is left out and named in a warning; it never stops an incident.
 */
export async function investigateAll(
  candidates: readonly Candidate[],
  environment: string,
  ports: { readonly code: CodeReader; readonly sentry: SentryReader | null },
  warn: (sentence: string) => void,
): Promise<Findings[]> {
  if (candidates.length === 0) return [];
  const tolerate = tolerant(warn);
  const [files, releases] = await Promise.all([
    tolerate("The repository's files could not be listed", async () => {
      const { paths, complete } = await ports.code.listFiles();
      return arrangeFiles(paths, complete);
    }),
    readReleases(candidates, ports.sentry, environment, tolerate),
  ]);
  const share = Math.max(1, Math.min(FILES_PER_INCIDENT, Math.floor(MOST_QUESTIONS / candidates.length)));
  const plans = candidates.map((candidate) => planHistory(candidate, files, releases, share));
  const questions = plans.flatMap((plan) => plan.questions).slice(0, MOST_QUESTIONS);
  const answers =
    questions.length === 0
      ? []
      : ((await tolerate("The history of suspect files could not be read", () =>
          ports.code.readHistory(questions),
        )) ?? []);
  let next = 0;
  return plans.map(({ questions: own, goodRelease, period }) => {
    const commits = mergeCommits(answers.slice(next, next + own.length).flat());
    next += own.length;
    return { files, commits, goodRelease, period };
  });
}

/** Releases of each project, of this environment alone: a preview's release is no good one of production. */
async function readReleases(
  candidates: readonly Candidate[],
  sentry: SentryReader | null,
  environment: string,
  tolerate: Tolerate,
): Promise<ReadonlyMap<string, readonly SentryRelease[]>> {
  if (sentry === null) return new Map();
  const ids = candidates.flatMap(({ view }) => (view.state === "read" ? [view.issue.project.id] : []));
  return new Map(
    await inTurn([...new Set(ids)], async (project) => {
      const pages = await tolerate("Sentry's releases could not be listed", () =>
        sentry.listReleases({ projects: [project], environment }),
      );
      return [project, pages?.rows ?? []] as const;
    }),
  );
}

type HistoryPlan = Pick<Findings, "goodRelease" | "period"> & {
  readonly questions: readonly HistoryQuestion[];
};

/** Which commits could have brought the fault: those after the last good release and before it first occurred. */
function planHistory(
  candidate: Candidate,
  files: RepositoryFiles | null,
  releases: ReadonlyMap<string, readonly SentryRelease[]>,
  most: number,
): HistoryPlan {
  const { view } = candidate;
  const own = view.state === "read" ? (releases.get(view.issue.project.id) ?? []) : [];
  const [regression] = view.state === "read" ? view.issue.regressions : [];
  const onset =
    regression?.at ?? (view.state === "read" ? view.issue.firstSeen : null) ?? candidate.incident.createdAt;
  const bad =
    view.state === "read"
      ? (regression?.release ?? view.issue.firstRelease?.version ?? view.event?.release?.version ?? null)
      : null;
  const good = bad === null ? undefined : releaseBefore(own, bad);
  const since = good?.dateCreated ?? new Date(Date.parse(onset) - WEEK).toISOString();
  const commit = own.find((release) => release.version === bad)?.commit ?? null;
  const paths = files === null ? [] : filesOfStack(files, chainOf(candidate), most);
  return {
    goodRelease: good?.version ?? null,
    period: good === undefined ? "in the week before it first occurred" : "since the last good release",
    questions: paths.map((path) => ({ path, commit, since, until: onset })),
  };
}

/** One entry a commit, with all the files that it touched. */
function mergeCommits(answers: readonly TouchingCommit[]): TouchingCommit[] {
  const merged = new Map<string, TouchingCommit>();
  for (const commit of answers) {
    const known = merged.get(commit.sha);
    merged.set(
      commit.sha,
      known ? { ...known, files: [...new Set([...known.files, ...commit.files])] } : commit,
    );
  }
  return [...merged.values()];
}
