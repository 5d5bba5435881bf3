import { attemptBranch } from "@patchpilot/incident";
import type { StoredIssue } from "@patchpilot/simulators/sentry";
import { addBenchIncident, addMergedAttempt } from "./incidents.ts";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sentry's alert rule opens an issue on GitHub for every new error. */
export function openIssuesOnAlerts({ sentry, world }: BenchStage): void {
  sentry.onNewIssue(({ title, body, shortId }) => {
    const { number } = world.as("sentry[bot]").openIssue({ title, body });
    const url = `https://github.com/${BENCH_NAMES.repository}/issues/${number}`;
    sentry.linkIssue(shortId, { url, key: `${BENCH_NAMES.repository}#${number}`, title });
  });
}

/** Crashes of one function; each function is another error in Sentry. */
export function benchCrash(
  { sentry }: BenchStage,
  index: number,
  release: string,
  instants: readonly number[],
): void {
  const name = `total${index}`;
  const frame = { filename: "src/checkout.ts", function: name, lineno: 1, in_app: true };
  const value = {
    type: "TypeError",
    value: `cannot read ${name}`,
    mechanism: { type: "generic", handled: false },
    stacktrace: { frames: [frame] },
  };
  const event = { platform: "node", level: "error", fingerprint: [name], exception: { values: [value] } };
  sentry.recordEvent({ event, release, instants });
}

/** Lets hours go by with ten visitors a minute of one release. */
export function haveVisitors({ sentry, clock }: BenchStage, release: string, hours: number): void {
  const from = clock.now();
  for (let at = from; at < from + hours * HOUR; at += 5 * MINUTE)
    sentry.recordSessions({ release, at, count: 50 });
  clock.advance(hours * HOUR);
}

/**
 * Lets eight days of endpoints go by, each asked once a minute. In the last eight hours they take `slower` times as long
 * as before, since a release.
 */
export function haveRequests({ sentry, clock, world }: BenchStage, endpoints: number, slower: number): void {
  const hours = 8 * 24;
  const head = world.repository(BENCH_NAMES.repository).git.refs.get("refs/heads/main") ?? "";
  const shares = Array.from({ length: 12 }, (_, index) => 0.5 + index / 12);
  for (let hour = 0; hour < hours; hour += 1) {
    const isSlow = hour >= hours - 8;
    if (hour === 0 || hour === hours - 8)
      sentry.recordRelease({ version: `shop@${isSlow ? 2 : 1}`, commits: [{ sha: head }] });
    const instants = shares.map((_, index) => clock.now() + (index * HOUR) / shares.length);
    const durations = shares.map((share) => 100 * share * (isSlow ? slower : 1));
    for (let endpoint = 0; endpoint < endpoints; endpoint += 1)
      sentry.recordSpans({
        transaction: `GET /${endpoint}`,
        op: "http.server",
        durations,
        instants,
        count: 5,
      });
    clock.advance(HOUR);
  }
  clock.advance(10 * MINUTE);
}

/** Puts the newest commit into production, and gives it. */
export function deployHead({ world, vercel, clock }: BenchStage): string {
  const sha = world.repository(BENCH_NAMES.repository).git.refs.get("refs/heads/main") ?? "";
  vercel.deploy({ project: BENCH_NAMES.vercelProject, git: { sha, repository: BENCH_NAMES.repository } });
  clock.advance(3 * MINUTE);
  vercel.tick();
  return sha;
}

/** How long production had crashed before the incidents were accepted, and has been quiet since the deploy. */
const CRASHING_HOURS = 24;
const QUIET_HOURS = 48;

/** Incidents that two crashes an hour began, whose repairs are merged, live, and have helped. */
export function addRepairedIncidents(stage: BenchStage, count: number): void {
  const faulty = deployHead(stage);
  const began = stage.clock.now();
  haveVisitors(stage, faulty, CRASHING_HOURS);
  for (let index = 0; index < count; index += 1) {
    const instants = Array.from({ length: 2 * CRASHING_HOURS }, (_, half) => began + half * 30 * MINUTE);
    benchCrash(stage, index, faulty, instants);
  }
  const issues = stage.sentry
    .issues()
    .map((error) =>
      addBenchIncident(stage, error.title, { ...createBenchSentry(error), firstSeen: iso(began) }),
    );
  stage.clock.advance(10 * MINUTE);
  for (const issue of issues) mergeRepair(stage, issue);
  haveVisitors(stage, deployHead(stage), QUIET_HOURS);
}

const iso = (at: number): string => new Date(at).toISOString();

const createBenchSentry = ({ id, shortId, projectId }: StoredIssue) => ({
  key: `sentry:acme/${id}`,
  sentry: { organization: "acme", issueId: id, shortId, project: BENCH_NAMES.sentryProject.slug, projectId },
});

/** Merges a repair of an incident. @returns the commit */
export function mergeRepair(stage: BenchStage, issue: number): string {
  const person = stage.world.as("maintainer");
  const branch = attemptBranch({ repositoryId: BENCH_NAMES.repositoryId, issue, attempt: 1 }, false);
  person.push({ branch, message: `Repair #${issue}`, files: { [`src/repair-${issue}.ts`]: "export {};\n" } });
  const { number } = person.openPull({ title: "Repair", body: `Refs #${issue}`, head: branch, base: "main" });
  const mergeCommit = person.mergePull(number).pull.mergeCommitOid ?? "";
  addMergedAttempt(stage, issue, { pullRequest: number, mergeCommit });
  return mergeCommit;
}
