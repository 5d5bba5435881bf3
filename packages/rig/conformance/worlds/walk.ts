import type { Phase } from "@patchpilot/incident";
import type { SentrySimulator, VercelSimulator } from "@patchpilot/simulators";
import { addSentry, addVercel, deployToVercel, live, SENTRY_INPUTS, VERCEL_INPUTS } from "./providers.ts";
import { type ActionRun, intake, verifyRecovery } from "./run-actions.ts";
import { declinePullRequest, mergePullRequest, openScenario, type RepairScenario } from "./scenario.ts";
import { SHOP } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first issue of a repository: the one that Sentry opens for the crash. */
export const CRASH_ISSUE = 1;

/** An app in production that began to crash, and hands to move its incident from phase to phase. */
export type Walk = RepairScenario & {
  readonly sentry: SentrySimulator;
  readonly vercel: VercelSimulator;
  readonly intake: (options?: Partial<ActionRun>) => ReturnType<typeof intake>;
  readonly verify: (options?: Partial<ActionRun>) => ReturnType<typeof verifyRecovery>;
  /** Lets hours go by with traffic of the live release, and a crash every so many minutes, if any. */
  readonly goOn: (hours: number, life?: { readonly sessions?: number; readonly crashEvery?: number }) => void;
  /** Makes the newest commit of the default branch live. */
  readonly deploy: () => void;
};

export type WalkOptions = { readonly alerts?: boolean; readonly sentryUrl?: string };

/**
 * A day of an app that crashes every 20 minutes; Sentry has opened an issue, and nobody has looked at it.
 * @param options.alerts whether Sentry opens issues; default true
 * @param options.sentryUrl where Sentry is; default sentry.io
 */
export function openWalk(options: WalkOptions = {}): Walk {
  const scenario = openScenario();
  const { test } = scenario;
  const sentry = addSentry(test, options.sentryUrl);
  const sentryInputs = {
    ...SENTRY_INPUTS,
    ...(options.sentryUrl === undefined ? {} : { "sentry-url": options.sentryUrl }),
  };
  const vercel = addVercel(test);
  if (options.alerts ?? true)
    sentry.onNewIssue(({ title, body }) => void test.world.as("sentry[bot]").openIssue({ title, body }));
  let release = "";
  let runs = 0;
  const nextRun = (): string => `walk-${++runs}`;
  const deploy = (): void => {
    release = test.world.repository(SHOP).git.refs.get("refs/heads/main") ?? "";
    sentry.recordRelease({ version: release, commits: [{ sha: release }] });
    deployToVercel(test, vercel, release);
    scenario.pass(1);
  };
  deploy();
  const now = test.clock.now();
  live(sentry, { from: now - DAY, until: now, release, crashEvery: 20 });
  return {
    ...scenario,
    sentry,
    vercel,
    intake: (options = {}) => {
      const inputs = { ...sentryInputs, ...options.inputs };
      return intake(test, { runId: nextRun(), ...options, inputs });
    },
    verify: (options = {}) => {
      const inputs = { ...sentryInputs, ...VERCEL_INPUTS, ...options.inputs };
      return verifyRecovery(test, { runId: nextRun(), ...options, inputs });
    },
    goOn: (hours, life = {}) => {
      const from = test.clock.now();
      const until = from + hours * HOUR;
      live(sentry, { from, until, release, ...life });
      test.clock.set(until);
    },
    deploy,
  };
}

/** A day of the same app in which Sentry opens nothing, and a person asks for work in the first issue. */
export function openAskedWalk(options: WalkOptions = {}): Walk {
  const walk = openWalk({ ...options, alerts: false });
  const maya = walk.test.world.as("maya");
  maya.openIssue({ title: "Round totals to cents", body: "The cart shows three decimals." });
  maya.label(CRASH_ISSUE, "patchpilot:accept");
  return walk;
}

/** Ways from the beginning into each phase, as real runs of the actions take them. */
export const REACH: Readonly<Record<Phase, (walk: Walk) => Promise<void>>> = {
  accepted: async (walk) => {
    await walk.intake();
  },
  working: async (walk) => {
    await REACH.accepted(walk);
    await walk.tick();
  },
  proposed: async (walk) => {
    await REACH.working(walk);
    const worker = await walk.startWorker();
    await worker.publish();
    worker.end("success");
    await walk.tick();
  },
  verifying: async (walk) => {
    await REACH.proposed(walk);
    walk.pass(5);
    mergePullRequest(walk);
    await walk.tick();
  },
  requeued: async (walk) => {
    await REACH.verifying(walk);
    walk.deploy();
    walk.goOn(6, { crashEvery: 20 });
    await walk.verify();
  },
  "needs-human": async (walk) => {
    await REACH.proposed(walk);
    declinePullRequest(walk);
    await walk.tick();
  },
  recovered: async (walk) => {
    await REACH.verifying(walk);
    walk.deploy();
    walk.goOn(6);
    await walk.verify();
  },
  // Only of work that a person asked for: `openAskedWalk`.
  done: async (walk) => {
    await REACH.verifying(walk);
    walk.deploy();
    walk.pass(5);
    await walk.verify();
  },
  dismissed: async (walk) => {
    await REACH.accepted(walk);
    walk.test.world.as("maya").closeIssue(CRASH_ISSUE);
    await walk.tick();
  },
};
