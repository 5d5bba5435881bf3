import { openGitHub, repositoryName } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import type { RecoveryRecord } from "@patchpilot/incident";
import { changeWatched, makeBelief, readIncidents, writeWatchIndex } from "@patchpilot/ledger";
import { WEEK } from "@patchpilot/time";
import { addBenchIncident, addRecovery, nameError } from "./incidents.ts";
import { mergeRepair } from "./production.ts";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

/** Incidents that were closed as recovered, and the index of them. */
export async function addWatched(stage: BenchStage, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => {
    const sentry = { organization: "acme", issueId: String(70_000 + index), shortId: `SHOP-W${index}` };
    const issue = addBenchIncident(stage, nameError(index), { sentry: { ...sentry, projectId: "42" } });
    addRecovery(stage, issue, {
      ...decideNow(stage, "recovered"),
      decision: "close",
      verdict: "recovered",
      closedAt: stage.clock.iso(),
      looks: ["24h"],
    });
    stage.world.as("maintainer").closeIssue(issue);
    return issue;
  });
  await indexAll(stage, numbers);
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

async function indexAll({ urls, githubToken, clock }: BenchStage, numbers: readonly number[]): Promise<void> {
  const access = {
    token: githubToken,
    apiUrl: urls.github,
    graphqlUrl: `${urls.github}/graphql`,
    secrets: {},
  };
  const github = openGitHub(access, { pacing: unpaced });
  const name = repositoryName(BENCH_NAMES.repository);
  const belief = makeBelief(BENCH_NAMES.stateKey, []);
  const { incidents, repository } = await readIncidents(github, name, { numbers }, belief);
  const empty = { entries: [], oids: new Map() };
  const changes = changeWatched(empty, incidents, clock.now());
  await writeWatchIndex(github, { ...name, nodeId: repository.id }, empty, changes);
}
