import { contract } from "@patchpilot/action-dispatch/contract";
import { GITHUB_ACTIONS_BOT, type GitHubEvent } from "@patchpilot/simulators/github";
import { MINUTE } from "@patchpilot/time";
import { permissionsWhen } from "../permissions-of.ts";
import { type Claimed, claim, dispatch, openWire, propose } from "../run-actions.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "../world.ts";
import { Interleaver, type RequestFate } from "./interleaver.ts";
import { type BrokenInvariant, type RaceCaps, Watch } from "./invariants.ts";
import { seeded } from "./random.ts";
import { type ActorKind, type Sabotage, sabotaged } from "./sabotage.ts";

/** Runs of dispatch in one race. */
const RUNS = 9;
/** Ids of the runs of dispatch that come while a worker sleeps. */
const NAPS_FROM = 500;
const MAY_RERUN = permissionsWhen(contract, "`max-ci-repairs` above 0");
const WORKFLOW = ".github/workflows/patchpilot-repair.yml";

/** One race: three runs of dispatch, the workers that they start, people, and faults; then quiet, and the reckoning. */
export async function race(
  seed: number,
  sabotage?: Sabotage,
  caps: RaceCaps = NO_CAPS,
): Promise<BrokenInvariant[]> {
  const stage = createStage(seed, sabotage, caps);
  do startRuns(stage);
  while (await step(stage));
  await quiet(stage);
  stage.watch.checkCauses();
  stage.watch.checkOutcomes();
  if (stage.interleaver.failures.length > 0) throw stage.interleaver.failures[0];
  if (stage.test.simulator.violations.length > 0) throw new Error(stage.test.simulator.violations[0]);
  return stage.watch.violations;
}

type Stage = ReturnType<typeof createStage>;

const NO_CAPS: RaceCaps = { perAttempt: 0, perMonth: Number.POSITIVE_INFINITY };

function createStage(seed: number, sabotage: Sabotage | undefined, caps: RaceCaps) {
  const test = createTestWorld({ keepHistory: true });
  const issues = [addIncident(test), addIncident(test)];
  /** Each request's version of the world, and its time. */
  const versions: [number, number][] = [];
  const interleaver = new Interleaver(async (input, init) => {
    versions.push([test.world.versions.current, test.clock.now()]);
    return openWire(test)(input, init);
  });
  const stage = {
    seed,
    sabotage,
    random: seeded(seed),
    test,
    issues,
    inputs: {
      "max-dispatches-per-hour": "1000",
      ...(caps === NO_CAPS
        ? {}
        : { "max-usd-per-attempt": `${caps.perAttempt}`, "max-usd-per-month": `${caps.perMonth}` }),
    },
    watch: new Watch(test, caps),
    interleaver,
    versions,
    /** The version at which each run of dispatch began. */
    starts: [] as number[],
    running: [] as (() => boolean)[],
    ticks: 0,
    /** How often a worker overslept. */
    naps: 0,
    faults: true,
  };
  test.simulator.staleness = ({ operation }) => chooseStaleness(stage, operation);
  test.world.onEvent((event) => {
    if (event.event === "repository_dispatch") startWorker(stage, event.payload, !stage.faults);
  });
  return stage;
}

/** How many versions behind a reply is; five minutes at most. */
function chooseStaleness(stage: Stage, operation: string): number {
  const { test, versions, starts, sabotage, faults, random } = stage;
  const current = test.world.versions.current;
  if (sabotage === "run-list-after-pull-requests" && /PullRequests/.test(operation))
    return current - (starts.at(-1) ?? current);
  if (!faults || random() > 0.15) return 0;
  const oldest = versions.find(([, at]) => at > test.clock.now() - 5 * MINUTE)?.[0] ?? current;
  return Math.min(Math.floor(random() * 4), current - oldest);
}

const makeRacingFetch = ({ sabotage }: Stage, kind: ActorKind, run: string, raw: typeof fetch) =>
  sabotaged(kind, sabotage, run, raw);

/** Keeps up to three runs of dispatch racing; a tick comes now and then, as a schedule does. */
function startRuns(stage: Stage): void {
  const { ticks, running, random } = stage;
  if (ticks < RUNS && running.filter((isAlive) => isAlive()).length < 3 && (ticks < 3 || random() < 0.04)) {
    stage.ticks += 1;
    running.push(startDispatch(stage, String(stage.ticks)));
  }
}

function startDispatch(stage: Stage, run: string): () => boolean {
  const { test, starts, interleaver } = stage;
  return interleaver.start(async (raw) => {
    starts.push(test.world.versions.current);
    await dispatch(test, {
      runId: run,
      inputs: stage.inputs,
      permissions: MAY_RERUN,
      fetch: makeRacingFetch(stage, "dispatch", run, raw),
    }).catch(expected);
  });
}

function startWorker(stage: Stage, payload: GitHubEvent["payload"], well: boolean): void {
  // Some runs never come up: the workflow is disabled, or the event was lost.
  if (!well && stage.random() < 0.12) return;
  const { patchpilot: order } = payload["client_payload"] as { patchpilot: Order };
  stage.interleaver.start((raw) => work(stage, order, payload, raw, well));
}

function step(stage: Stage): Promise<boolean> {
  const { interleaver, test, issues, random } = stage;
  return interleaver.step((count) => {
    if (stage.faults) disturb(test, issues, random, stage.seed);
    return { index: Math.floor(random() * count), fate: chooseFate(stage) };
  });
}

function chooseFate({ random, faults }: Stage): RequestFate {
  const luck = random();
  return !faults || luck > 0.08 ? "served" : luck < 0.03 ? "crash" : "lost";
}

/** An action that fails in one sentence has done what it could; a fault of the code is another class of error. */
function expected(error: unknown): void {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
    throw error;
}

type Order = { readonly key: string; readonly issue: number; readonly attempt: number };

/** One workflow run of a worker: late, killed, re-run whole or in part, and now and then a pull request. */
async function work(
  stage: Stage,
  order: Order,
  payload: GitHubEvent["payload"],
  raw: typeof fetch,
  well: boolean,
): Promise<void> {
  const { test, random, watch } = stage;
  const runner = test.world.runner(SHOP);
  const title = `patchpilot ${order.key}`;
  const actor = test.world.identity("github-actions[bot]");
  if (actor === undefined) throw new Error("The simulated GitHub has no github-actions[bot].");
  if (!well && random() < 0.3) await idle(raw, Math.floor(random() * 20));
  const { id } = runner.startRun({
    workflowPath: WORKFLOW,
    displayTitle: title,
    event: "repository_dispatch",
    actor,
  });
  const run = String(id);
  const attempts = well ? 1 : 1 + Math.floor(random() * 3);
  let claimed: Claimed | undefined;
  for (let runAttempt = 1; runAttempt <= attempts; runAttempt += 1) {
    runner.updateRun(id, { status: "in_progress", runAttempt });
    const onlyFailedJobs = runAttempt > 1 && claimed !== undefined && random() < 0.5;
    if (!onlyFailedJobs) claimed = await pass(stage, order, payload, run, runAttempt, raw);
    if (claimed !== undefined) watch.onPassed(order.key, run);
    if (claimed !== undefined && !well && random() < 0.3) await idle(raw, Math.floor(random() * 15));
    if (claimed !== undefined && isSlow(stage)) await oversleep(stage);
    const proposes = claimed !== undefined && random() < (onlyFailedJobs ? 0.9 : 0.5);
    if (proposes && claimed !== undefined)
      await propose(test, {
        runId: run,
        runAttempt,
        event: payload,
        claimed,
        patch: makePatch(order.key),
        fetch: makeRacingFetch(stage, "propose", run, raw),
      }).catch(expected);
    runner.updateRun(id, { status: "completed", conclusion: random() < 0.5 ? "success" : "failure" });
    // Somebody presses "Re-run failed jobs" when others have long moved on.
    if (!well && random() < 0.7) await idle(raw, Math.floor(random() * (random() < 0.3 ? 160 : 40)));
  }
}

/** In one race of ten, each worker comes to publish when its attempt has long been given up. */
const isSlow = ({ seed, faults }: Stage): boolean => faults && seed % 10 === 5;

/** Meanwhile a run of dispatch settles what took too long. */
async function oversleep(stage: Stage): Promise<void> {
  const { test, inputs, naps } = stage;
  const run = `${NAPS_FROM + naps}`;
  stage.naps += 1;
  test.clock.advance(7 * 60 * MINUTE);
  await dispatch(test, {
    runId: run,
    inputs,
    permissions: MAY_RERUN,
    fetch: makeRacingFetch(stage, "dispatch", run, openWire(test)),
  }).catch(expected);
}

async function pass(
  stage: Stage,
  order: Order,
  payload: GitHubEvent["payload"],
  run: string,
  runAttempt: number,
  raw: typeof fetch,
) {
  const passed = await claim(stage.test, {
    runId: run,
    runAttempt,
    event: payload,
    fetch: makeRacingFetch(stage, "claim", run, raw),
  }).catch(expected);
  if (!passed?.outputs.proceed) return undefined;
  return { ...passed.outputs, key: order.key };
}

/** A patch of the attempt's own that applies to whatever it starts from, and conflicts with nobody's. */
function makePatch(key: string): Buffer {
  const path = `src/${key}.ts`;
  return Buffer.from(`diff --git a/${path} b/${path}
new file mode 100644
--- /dev/null
+++ b/${path}
@@ -0,0 +1 @@
+export const fixed = "${key}";
`);
}

/** Time in which an actor does nothing while others go on: it stands in the queue without a request of weight. */
async function idle(raw: typeof fetch, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await raw("https://api.github.com/rate_limit").catch(() => undefined);
}

/** What people and time do between two requests. */
function disturb(test: TestWorld, issues: readonly number[], random: () => number, seed: number): void {
  const luck = random();
  const issue = issues[Math.floor(random() * issues.length)] ?? 0;
  if (luck < 0.12) test.clock.advance(Math.floor(random() * 12 * MINUTE));
  else if (luck < 0.135) test.clock.advance(Math.floor(random() * 120 * MINUTE));
  else if (luck < 0.155) deleteComment(test, issue, random);
  else if (luck < 0.175) {
    const labels = [
      "patchpilot",
      "patchpilot:accepted",
      "patchpilot:working",
      "patchpilot:proposed",
      "patchpilot:requeued",
    ];
    test.world.as("maya").unlabel(issue, labels[Math.floor(random() * labels.length)] ?? "patchpilot");
  } else if (luck < 0.18) test.world.as("maya").label(issue, "patchpilot:retry");
  else if (luck < 0.19) decidePullRequest(test, random);
  // A reviewer's word goes before red checks, so one kind of race has one of them.
  else if (luck < 0.25) (seed % 2 === 0 ? runCi : reviewPullRequest)(test, random);
}

/** Any comment but the incident's own record, whose loss makes the issue no incident any more. */
function deleteComment(test: TestWorld, issue: number, random: () => number): void {
  const { comments } = test.world.repository(SHOP);
  const found = comments
    .list()
    .filter((comment) => comment.issueNumber === issue && !/kind=incident /.test(comment.body));
  const comment = found[Math.floor(random() * found.length)];
  if (comment) test.world.as("maya").deleteComment(comment.id);
}

/** A maintainer asks for changes in an open pull request, and now and then commits to its branch. */
function reviewPullRequest(test: TestWorld, random: () => number): void {
  const { issues } = test.world.repository(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open?.pull == null) return;
  const maya = test.world.as("maya");
  if (random() < 0.2) {
    // A file for each pull request: this race is not about conflicts, in which nothing could be merged.
    const file = `src/by-hand-${open.number}.ts`;
    const files = { [file]: `export const hand = ${Math.floor(random() * 1000)};\n` };
    maya.push({ branch: open.pull.headRef, message: "By hand", files });
  }
  maya.review(open.number, { state: "changes_requested", body: "Test the empty cart, too" });
}

/** CI runs once on each commit of an open pull request, and again if it is asked to; someone may push before. */
function runCi(test: TestWorld, random: () => number): void {
  const { issues, runs } = test.world.repository(SHOP);
  const runner = test.world.runner(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open?.pull == null) return;
  if (random() < 0.1) {
    const files = {
      [`src/by-hand-${open.number}.ts`]: `export const hand = ${Math.floor(random() * 1000)};\n`,
    };
    test.world.as("maya").push({ branch: open.pull.headRef, message: "By hand", files });
  }
  const headOid = issues.get(open.number)?.pull?.headOid ?? "";
  const known = runs.list().find((run) => run.event === "pull_request" && run.headOid === headOid);
  if (known?.status === "completed") return;
  const ci = { workflowPath: ".github/workflows/ci.yml", event: "pull_request", actor: GITHUB_ACTIONS_BOT };
  const { id } = known ?? runner.startRun({ ...ci, headOid });
  const conclusion = random() < 0.9 ? "failure" : "success";
  runner.setJob({ runId: id, name: "unit", status: "completed", conclusion, log: "1 is not 2" });
  runner.updateRun(id, { status: "completed", conclusion });
}

function decidePullRequest(test: TestWorld, random: () => number): void {
  const { issues } = test.world.repository(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open === undefined) return;
  const maya = test.world.as("maya");
  maya.markReady(open.number);
  if (random() < 0.5) maya.closePull(open.number);
  else maya.mergePull(open.number);
}

/** Faults stop. Within three runs every incident is served; once all clocks have run out, every attempt has an outcome. */
async function quiet(stage: Stage): Promise<void> {
  const { test, watch, issues } = stage;
  stage.faults = false;
  endOrphanedRuns(test);
  const served = new Set<number>();
  let run = 100;
  const round = async (): Promise<void> => {
    run += 1;
    const ended = await dispatch(test, {
      runId: run,
      inputs: { issues: issues.join(","), ...stage.inputs },
      permissions: MAY_RERUN,
      fetch: makeRacingFetch(stage, "dispatch", String(run), openWire(test)),
    });
    for (const { issue } of [...ended.outputs.dispatched, ...ended.outputs.skipped]) served.add(issue);
    while (await step(stage));
  };
  for (let tick = 0; tick < 3; tick += 1) {
    if (stage.seed % 2 === 0) runCi(test, stage.random);
    await round();
    test.clock.advance(16 * MINUTE);
  }
  for (const issue of issues)
    if (!served.has(issue))
      watch.report("every-incident-served", `#${issue} reached neither an attempt nor a named skip`);
  for (let tick = 0; tick < 12; tick += 1) {
    test.clock.advance(7 * 60 * MINUTE);
    while (hasOpenPullRequest(test)) decidePullRequest(test, stage.random);
    await round();
  }
  watch.checkSettled();
}

/** GitHub ends the run of a runner that died. */
function endOrphanedRuns(test: TestWorld): void {
  const runner = test.world.runner(SHOP);
  for (const { id, status } of test.world.repository(SHOP).runs.list())
    if (status !== "completed") runner.updateRun(id, { status: "completed", conclusion: "cancelled" });
}

const hasOpenPullRequest = (test: TestWorld): boolean =>
  test.world
    .repository(SHOP)
    .issues.list()
    .some(({ pull, state }) => pull !== null && pull !== undefined && state === "open");
