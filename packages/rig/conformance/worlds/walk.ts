import type { Phase } from "@patchpilot/incident";
import { findHead, type LiveApp, type LiveAppOptions, openLiveApp } from "./live-app.ts";
import { type ActionRun, intake } from "./run-actions.ts";
import { declinePullRequest, mergePullRequest, publishFix, type WithWorkers } from "./scenario.ts";

/** The first issue of a repository: the one that Sentry opens for the crash. */
export const CRASH_ISSUE = 1;

/** An app in production that began to crash, and hands to move its incident from phase to phase. */
export type Walk = Omit<LiveApp, "deploy"> & {
  readonly intake: (options?: Partial<ActionRun>) => ReturnType<typeof intake>;
  /** Makes the newest commit of the default branch live. */
  readonly deploy: () => void;
};

/** What moves an incident from phase to phase, whichever way its actions run. */
export type Moves = WithWorkers &
  Pick<Walk, "pass" | "goOn" | "deploy"> & {
    readonly [action in "intake" | "tick" | "verify"]: (run?: Partial<ActionRun>) => Promise<unknown>;
  };

export type WalkOptions = Pick<LiveAppOptions, "alerts" | "sentryUrl" | "keepHistory">;

/** A day of an app that crashes every 20 minutes; Sentry has opened an issue, and nobody has looked at it. */
export function openWalk(options: WalkOptions = {}): Walk {
  const app = openLiveApp({ days: 1, teller: "vercel and releases", alerts: true, ...options });
  let runs = 0;
  return {
    ...app,
    intake: (run = {}) => {
      runs += 1;
      const inputs = { ...app.sentryInputs, ...run.inputs };
      return intake(app.test, { runId: `walk-${runs}`, ...run, inputs });
    },
    deploy: () => app.deploy(findHead(app)),
  };
}

/** A day of the same app in which Sentry opens nothing, and a person asks for work in the first issue. */
export function openAskedWalk(options: WalkOptions = {}): Walk {
  const walk = openWalk({ ...options, alerts: false });
  const maya = walk.test.world.as("maya");
  maya.openIssue({ title: "Round totals to cents", body: "The cart shows three decimals." });
  maya.label(CRASH_ISSUE, "patchpilot:take-on");
  return walk;
}

/** Ways from the beginning into each phase, as real runs of the actions take them. */
export const REACH: Readonly<Record<Phase, (walk: Moves) => Promise<void>>> = {
  accepted: async (walk) => {
    await walk.intake();
  },
  working: async (walk) => {
    await REACH.accepted(walk);
    await walk.tick();
  },
  proposed: async (walk) => {
    await REACH.working(walk);
    await publishFix(walk);
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
