import { readFileSync } from "node:fs";
import { listen, listenAs } from "@patchpilot/simulators";
import { prepareCorpusPatch } from "../tests/bundles/support/prepare-patch.ts";
import type { BundleRun } from "../tests/bundles/support/run-bundle.ts";
import { type BundleStage, preparePerfScan } from "../tests/bundles/support/stages.ts";
import { addPostHog, POSTHOG_INPUTS, SENTRY_INPUTS, VERCEL_INPUTS } from "../worlds/providers.ts";
import { mergePullRequest } from "../worlds/scenario.ts";
import { CRASH_ISSUE, openAskedWalk, openWalk, REACH, type Walk, type WalkOptions } from "../worlds/walk.ts";
import { STATE_KEY } from "../worlds/world.ts";

const REPAIR_WORKFLOW = new URL(
  "../../../../actions/repair/templates/patchpilot-repair.yml",
  import.meta.url,
);

/** A story of production, and for each action that has a part in it what has happened until then. */
type Scenario = {
  readonly sentence: string;
  readonly actions: Readonly<Record<string, () => Promise<BundleStage>>>;
};

type Prepare = (walk: Walk) => Promise<BundleRun>;

/** The event on an incident's issue, after the walk came so far. */
const onIssue =
  (reach: (walk: Walk) => Promise<void> = async () => undefined): Prepare =>
  async (walk) => {
    await reach(walk);
    return { event: { issue: { number: CRASH_ISSUE } } };
  };

const atTheGate: Prepare = async (walk) => {
  await REACH.working(walk);
  return { event: walk.queueWorker().event };
};

const withPatch: Prepare = async (walk) => {
  await REACH.working(walk);
  const { event } = walk.queueWorker();
  return { event, ...(await prepareCorpusPatch(walk.test, event)) };
};

/** A fix that is merged, live, and has helped for six hours. */
const repaired: Prepare = onIssue(async (walk) => {
  await REACH.proposed(walk);
  walk.pass(5);
  mergePullRequest(walk);
  await walk.tick();
  walk.deploy();
  walk.goOn(6);
});

const onTheWay: Readonly<Record<string, Prepare>> = {
  intake: onIssue(),
  dispatch: onIssue(REACH.accepted),
  claim: atTheGate,
  propose: withPatch,
  "verify-recovery": repaired,
};

/** A set-up in which nothing is missing. */
const setUp: Prepare = async ({ test }) => {
  const files = { ".github/workflows/patchpilot-repair.yml": readFileSync(REPAIR_WORKFLOW, "utf8") };
  test.world.as("maya").push({ branch: "main", message: "Add the repair workflow", files });
  return { inputs: { agent: "command", command: "node agent.js" } };
};

export const TRIALS: Readonly<Record<string, Scenario>> = {
  crash: {
    sentence: "an app crashes every 20 minutes, and Sentry's alert has opened issue #1",
    actions: inWalk(openWalk, { ...onTheWay, impact: onIssue(REACH.accepted), doctor: setUp }),
  },
  task: {
    sentence: "a maintainer has labelled issue #1 `patchpilot:take-on`",
    actions: inWalk(openAskedWalk, onTheWay),
  },
  slow: {
    sentence: "an endpoint has taken four times as long for eight hours",
    actions: { "perf-scan": preparePerfScan },
  },
};

function inWalk(
  open: (options: WalkOptions) => Walk,
  prepares: Readonly<Record<string, Prepare>>,
): Scenario["actions"] {
  const stages = Object.entries(prepares).map(([name, prepare]) => [
    name,
    () => openOnLoopback(open, prepare),
  ]);
  return Object.fromEntries(stages);
}

/** The action runs in another process, so it meets every service at an address. */
async function openOnLoopback(open: (options: WalkOptions) => Walk, prepare: Prepare): Promise<BundleStage> {
  const { simulator, door } = await listenAs((sentryUrl) => {
    const walk = open({ sentryUrl });
    return { ...walk.sentry, walk };
  });
  const { walk } = simulator;
  const vercel = await listen(walk.vercel);
  const posthog = await listen(addPostHog(walk.test));
  const run = await prepare(walk);
  const services = {
    ...SENTRY_INPUTS,
    "sentry-url": door.url,
    ...VERCEL_INPUTS,
    "vercel-url": vercel.url,
    ...POSTHOG_INPUTS,
    "posthog-host": posthog.url,
  };
  return {
    world: walk.test,
    issue: CRASH_ISSUE,
    run: { ...run, inputs: { "state-key": STATE_KEY, ...services, ...run.inputs } },
    close: async () => void (await Promise.all([door, vercel, posthog].map((each) => each.close()))),
  };
}
