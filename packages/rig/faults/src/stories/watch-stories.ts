import { openClosedApp } from "@patchpilot/conformance/worlds/closed-app";
import {
  createIntakeWorld,
  fail,
  type IntakeOptions,
  type IntakeWorld,
  OPENER,
  startIntake,
} from "@patchpilot/conformance/worlds/intake-world";
import { type FailingApp, openFixedApp } from "@patchpilot/conformance/worlds/live-app";
import {
  addPostHog,
  addVercel,
  deployToVercel,
  POSTHOG_INPUTS,
  SENTRY_INPUTS,
  VERCEL_INPUTS,
} from "@patchpilot/conformance/worlds/providers";
import { type ActionRun, doctor, impact, schedule } from "@patchpilot/conformance/worlds/run-actions";
import { openSlowShop } from "@patchpilot/conformance/worlds/slow-shop";
import { CRASH_ISSUE, openWalk, REACH } from "@patchpilot/conformance/worlds/walk";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "@patchpilot/conformance/worlds/world";
import { startRounds } from "./go-on.ts";
import { type FaultyWires, KEPT, type RunWords, type Story, type StoryStage } from "./story.ts";

/** A run that is started twice more as it was. */
const later = (
  action: string,
  story: string,
  open: () => Promise<Pick<StoryStage, "test" | "sentry"> & { run: (run: ActionRun) => Promise<RunWords> }>,
): Story => ({
  action,
  story,
  open: async () => {
    const { test, sentry, run } = await open();
    const begin = startRounds(test);
    return {
      test,
      ...(sentry && { sentry }),
      run: (wires) => run({ runId: 700, ...wires }),
      goOn: async () => {
        for (const round of [0, 1]) {
          begin(round);
          await run({ runId: `later-${round}` });
        }
      },
    };
  },
});

const intakeStory = (story: string, open: () => IntakeWorld, options: IntakeOptions = {}): Story =>
  later("intake", story, async () => {
    const world = open();
    return { test: world, sentry: world.sentry, run: (run) => startIntake(world, { ...options, ...run }) };
  });

function crashed(alerts: boolean, names: readonly string[]): IntakeWorld {
  const world = createIntakeWorld({ alerts, ...KEPT });
  for (const name of names) fail(world, name);
  return world;
}

const impactStory = later("impact", "accepted", async () => {
  const walk = openWalk(KEPT);
  addPostHog(walk.test);
  await REACH.accepted(walk);
  const inputs = { ...POSTHOG_INPUTS, ...SENTRY_INPUTS };
  return { ...walk, run: (wires) => impact(walk.test, { inputs, ...wires }) };
});

const verifyStory = (story: string, open: () => Promise<FailingApp>, crashEvery?: number): Story => ({
  action: "verify-recovery",
  story,
  isComparedByPhases: true,
  open: async () => {
    const app = await open();
    const begin = startRounds(app.test);
    const life = crashEvery === undefined ? {} : { crashEvery };
    const inputs = { "resolve-sentry": "true" };
    return {
      test: app.test,
      sentry: app.sentry,
      run: (wires: FaultyWires): Promise<RunWords> => app.verify({ inputs, ...wires }),
      goOn: async () => {
        begin(0);
        for (const hours of [1, 12]) {
          app.goOn(hours, life);
          await app.verify({ inputs });
        }
      },
    };
  },
});

async function returned(): Promise<FailingApp> {
  const app = await openClosedApp({ days: 2, ...KEPT });
  app.goOn(25, { crashEvery: 20 });
  return app;
}

async function unhelped(): Promise<FailingApp> {
  const app = await openFixedApp(0, { days: 2, ...KEPT });
  app.goOn(6, { crashEvery: 20 });
  return app;
}

const perfScanStory = later("perf-scan", "slow", async () => {
  const shop = openSlowShop(KEPT);
  return { ...shop, run: (wires) => shop.scan(wires) };
});

const doctorStory = later("doctor", "all services", async () => {
  const walk = openWalk(KEPT);
  const { test } = walk;
  addPostHog(test);
  deployToVercel(test, addVercel(test), test.world.repository(SHOP).git.refs.get("refs/heads/main") ?? "");
  const inputs = { ...SENTRY_INPUTS, ...VERCEL_INPUTS, ...POSTHOG_INPUTS, agent: "command", command: "true" };
  return { ...walk, run: (wires) => doctor(test, { inputs, ...wires }) };
});

const TICK = {
  ".github/workflows/patchpilot-tick.yml": "on:\n  schedule:\n    - cron: '17,47 * * * *'\n",
};

/** @param before what has happened to the ticks */
const scheduleStory = (
  to: "look" | "on" | "off",
  before: (test: TestWorld) => Promise<unknown> = async () => undefined,
): Story =>
  later("schedule", to, async () => {
    const test = createTestWorld(KEPT);
    test.world.as("maya").push({ branch: "main", message: "Add the ticks", files: TICK });
    addIncident(test);
    await before(test);
    return { test, run: (wires) => schedule(test, { inputs: { to }, ...wires }) };
  });

export const WATCH_STORIES: readonly Story[] = [
  intakeStory("scheduled", () => crashed(true, ["pay"])),
  intakeStory("event", () => crashed(true, ["pay"]), { issue: CRASH_ISSUE }),
  intakeStory("from Sentry", () => crashed(false, ["pay", "ship"]), {
    inputs: { source: "sentry" },
    permissions: OPENER,
  }),
  impactStory,
  verifyStory("helped", () => openFixedApp(6, { days: 2, ...KEPT })),
  verifyStory("did not help", unhelped, 20),
  verifyStory("came back", returned, 20),
  perfScanStory,
  doctorStory,
  scheduleStory("look"),
  scheduleStory("off"),
  scheduleStory("on", (test) => schedule(test, { runId: 600, inputs: { to: "off" } })),
];
