import { openGitHub, repositoryName } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import type { RecoveryRecord } from "@patchpilot/incident";
import { changeWatched, makeBelief, readIncidents, writeWatchIndex } from "@patchpilot/ledger";
import { WEEK } from "@patchpilot/time";
import { addBenchIncident, addRecovery, nameError } from "./incidents.ts";
import { benchCrash, mergeRepair } from "./production.ts";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

/** Incidents of errors with these numbers in Sentry that were closed as recovered. @returns their issues */
export function addWatched(stage: BenchStage, sentryIds: readonly string[], looks = ["24h"]): number[] {
  return sentryIds.map((issueId, index) => {
    const sentry = { organization: "acme", issueId, shortId: `SHOP-W${index}`, projectId: "42" };
    const issue = addBenchIncident(stage, nameError(index), { sentry });
    addRecovery(stage, issue, {
      ...decideNow(stage, "recovered"),
      decision: "close",
      verdict: "recovered",
      closedAt: stage.clock.iso(),
      looks,
    });
    stage.world.as("maintainer").closeIssue(issue);
    return issue;
  });
}

/** Apart from the functions that other parts of a scenario let crash. */
const FIRST_FUNCTION = 70_000;

/** Raises this many errors once each. @returns their numbers in Sentry */
export function raiseErrors(stage: BenchStage, count: number): string[] {
  const { sentry, clock } = stage;
  const known = new Set(sentry.issues().map(({ id }) => id));
  for (let index = 0; index < count; index += 1)
    benchCrash(stage, FIRST_FUNCTION + index, "shop@1", [clock.now()]);
  return sentry.issues().flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

/** Incidents whose repairs are merged and not deployed, each with the record that says so. */
export function addWaiting(stage: BenchStage, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const issue = addBenchIncident(stage, nameError(index));
    const mergeCommit = mergeRepair(stage, issue);
    addRecovery(stage, issue, {
      ...decideNow(stage, "verifying"),
      decision: "wait",
      verdict: "not-deployed",
      attempt: 1,
      mergeCommit,
      eta: new Date(stage.clock.now() + WEEK).toISOString(),
      checks: { fix: "yes", deployment: "no", health: "skipped", traffic: "skipped", errors: "skipped" },
    });
  }
}

function decideNow({ clock }: BenchStage, phase: RecoveryRecord["phase"]) {
  const at = clock.iso();
  return { phase, phaseAt: at, decidedAt: at, episode: 1 };
}

/** Writes the index of closed incidents. */
export async function indexWatched(
  { urls, githubToken, clock }: BenchStage,
  numbers: readonly number[],
): Promise<void> {
  const access = {
    token: githubToken,
    apiUrl: urls.github,
    graphqlUrl: `${urls.github}/graphql`,
    secrets: {},
  };
  const github = openGitHub(access, { pacing: unpaced, fetch });
  const name = repositoryName(BENCH_NAMES.repository);
  const belief = makeBelief(BENCH_NAMES.stateKey, []);
  const { incidents, repository } = await readIncidents(github, name, { numbers }, belief);
  const empty = { entries: [], oids: new Map() };
  const changes = changeWatched(empty, { incidents }, clock.now());
  await writeWatchIndex(github, { ...name, nodeId: repository.id }, empty, changes);
}
