import { askHistories, type HistoryQuestion } from "@patchpilot/acceptance";
import { filesOfStack, type RepositoryFiles } from "@patchpilot/evidence";
import { inTurn, type Tolerate, tolerant } from "@patchpilot/http";
import { releaseBefore, type SentryRelease } from "@patchpilot/sentry";
import { WEEK } from "@patchpilot/time";
import { readChain } from "../decide/chain.ts";
import { type Candidate, type CodeFindings, readView } from "../facts.ts";
import type { IntakePorts, SentryReader } from "../ports.ts";
import { readDiscussion } from "./discussion.ts";
import { readFiles } from "./repository-files.ts";

/** Most files an incident whose history is asked for, and questions in one request: GitHub answers within 10 s. */
const FILES_PER_INCIDENT = 3;
const MOST_QUESTIONS = 120;

/**
 * Looks up files, releases and commits of many candidates: one listing of files, one list of releases a project, one
 * query for all histories. What cannot be read is left out and named, in a warning and on the issue; it never stops an incident.
 */
export async function investigateCandidates(
  candidates: readonly Candidate[],
  environment: string,
  { code, sentry, ...ports }: Pick<IntakePorts, "code" | "sentry" | "mayWrite" | "attachments">,
  warn: (sentence: string) => void,
): Promise<CodeFindings[]> {
  if (candidates.length === 0) return [];
  const unread: string[] = [];
  const tolerate = noting(tolerant(warn), unread);
  const [files, releases] = await Promise.all([
    readFiles(candidates, code, tolerate),
    readReleases(candidates, sentry, environment, tolerant(warn)),
  ]);
  const share = Math.max(1, Math.min(FILES_PER_INCIDENT, Math.floor(MOST_QUESTIONS / candidates.length)));
  const plans = candidates.map((candidate) => planHistory(candidate, files, releases, share));
  const questions = plans.map((plan) => plan.questions);
  const histories = await askHistories(questions, code, tolerate, MOST_QUESTIONS);
  const discussions = await inTurn(candidates, (candidate) =>
    tolerant(warn)(NO_DISCUSSION, () => readDiscussion(candidate, ports)),
  );
  return plans.map(({ goodRelease, period, knowsReleases }, index) => {
    const discussion = discussions[index];
    return {
      files,
      commits: histories[index] ?? [],
      goodRelease,
      period,
      unread: [
        ...unread,
        ...(knowsReleases || sentry === null ? [] : [NO_RELEASES]),
        ...(discussion === null ? [NO_DISCUSSION] : []),
      ],
      ...(discussion == null ? {} : { discussion }),
    };
  });
}

/** Notes what could not be read as well: the issue says it, too. */
const noting =
  (tolerate: Tolerate, unread: string[]): Tolerate =>
  async (what, ask) => {
    const answer = await tolerate(what, ask);
    if (answer === null && !unread.includes(what)) unread.push(what);
    return answer;
  };

const NO_DISCUSSION = "What people said could not be read";
const NO_RELEASES = "Sentry's releases could not be listed";

/** Releases of each project that Sentry answers for, of this environment alone: a preview's release is no good one of production. */
async function readReleases(
  candidates: readonly Candidate[],
  sentry: SentryReader | null,
  environment: string,
  tolerate: Tolerate,
): Promise<ReadonlyMap<string, readonly SentryRelease[]>> {
  if (sentry === null) return new Map();
  const ids = candidates.flatMap(({ view }) => readView(view).issue?.project.id ?? []);
  return new Map(
    (
      await inTurn([...new Set(ids)], async (project) => {
        const pages = await tolerate(NO_RELEASES, () =>
          sentry.listReleases({ projects: [project], environment }),
        );
        return pages === null ? [] : [[project, pages.rows] as const];
      })
    ).flat(),
  );
}

type HistoryPlan = Pick<CodeFindings, "goodRelease" | "period"> & {
  /** Sentry listed them, or the issue has no project whose releases there are. */
  readonly knowsReleases: boolean;
  readonly questions: readonly HistoryQuestion[];
};

/** Which commits could have brought the fault: those after the last good release and before it first occurred. */
function planHistory(
  candidate: Candidate,
  files: RepositoryFiles | null,
  releases: ReadonlyMap<string, readonly SentryRelease[]>,
  most: number,
): HistoryPlan {
  const { issue, event } = readView(candidate.view);
  const own = issue === null ? [] : releases.get(issue.project.id);
  const regression = issue?.regressions[0];
  const onset = regression?.at ?? issue?.firstSeen ?? candidate.incident.createdAt;
  const bad = regression?.release ?? issue?.firstRelease?.version ?? event?.release?.version ?? null;
  const good = bad === null ? undefined : releaseBefore(own ?? [], bad);
  const since = good?.dateCreated ?? new Date(Date.parse(onset) - WEEK).toISOString();
  const commit = own?.find((release) => release.version === bad)?.commit ?? null;
  const paths = files === null ? [] : filesOfStack(files, readChain(candidate), most);
  return {
    knowsReleases: own !== undefined,
    goodRelease: good?.version ?? null,
    period: good === undefined ? "in the week before it first occurred" : "since the last good release",
    questions: paths.map((path) => ({ path, commit, since, until: onset })),
  };
}
