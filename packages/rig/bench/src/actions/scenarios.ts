import { phaseLabel } from "@patchpilot/incident";
import { addBenchIncident, addLabels, addResembling, nameError } from "./incidents.ts";
import { addWaiting, addWatched, indexWatched, raiseErrors } from "./many-incidents.ts";
import {
  addRepairedIncidents,
  benchCrash,
  deployHead,
  haveRequests,
  haveVisitors,
  openIssuesOnAlerts,
} from "./production.ts";
import type { BenchScenario, Work } from "./scenario.ts";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

const MANY = 50;
const OPEN = 1_000;
const DAY = 86_400_000;
const RELEASE = "shop@1.2.4";

const intakeFifty: BenchScenario = {
  name: `intake of ${MANY} new`,
  actions: ["intake"],
  inputs: countServices,
  prepare: (stage) => {
    addLabels(stage);
    openIssuesOnAlerts(stage);
    for (let index = 0; index < MANY; index += 1) benchCrash(stage, index, RELEASE, [stage.clock.now()]);
    stage.clock.advance(60_000);
    return { leftUndone: () => missing("accepted", countPhase(stage, "accepted"), MANY) };
  },
  // 50 events, and three lists.
  most: { github: 12, sentry: 60 },
  mostWallMs: 1_000,
};

const dispatchFifty: BenchScenario = {
  name: `dispatch of ${MANY}`,
  actions: ["dispatch"],
  // Budgets are there to hold back; here they must not.
  inputs: () => ({ "max-open-prs": "1000", "max-dispatches-per-hour": "1000" }),
  prepare: (stage) => {
    addLabels(stage);
    for (let index = 0; index < MANY; index += 1) addBenchIncident(stage, nameError(index));
    const dispatched = countEvents(stage, "repository_dispatch");
    return {
      leftUndone: () =>
        missing("dispatched", dispatched(), MANY) ?? missing("working", countPhase(stage, "working"), MANY),
    };
  },
  most: { github: 1.5 * MANY },
};

const closeFifty: BenchScenario = {
  name: `verify-recovery closing ${MANY}`,
  actions: ["verify-recovery"],
  inputs: countServices,
  prepare: (stage) => {
    addLabels(stage);
    addRepairedIncidents(stage, MANY);
    return { leftUndone: () => missing("recovered", countPhase(stage, "recovered"), MANY) };
  },
  // Vercel and the health URL together may be asked six times; a health check is three. GitHub takes twenty new comments or
  // closes in a request, and each incident has some.
  most: { github: 18, sentry: 12, vercel: 3, health: 3 },
  mostTogether: 40,
};

/** @param past what was there before; default: nothing */
export const eventChain = (
  name: string,
  past: (stage: BenchStage) => void = () => undefined,
): BenchScenario => ({
  name,
  actions: ["intake", "impact", "dispatch"],
  inputs: countServices,
  prepare: (stage): Work => {
    addLabels(stage);
    past(stage);
    openIssuesOnAlerts(stage);
    const events: Readonly<Record<string, unknown>>[] = [];
    stage.world.onEvent(({ event, payload }) => void (event === "issues" && events.push(payload)));
    haveVisitors(stage, RELEASE, 1);
    benchCrash(stage, 0, RELEASE, [stage.clock.now(), stage.clock.now()]);
    stage.clock.advance(60_000);
    const [opened = {}] = events;
    const dispatched = countEvents(stage, "repository_dispatch");
    return {
      event: { name: "issues", payload: opened },
      leftUndone: () => missing("dispatched", dispatched(), 1),
    };
  },
  most: { github: 14 },
});

const TEN = 10;

const scanTen: BenchScenario = {
  name: `perf-scan opening ${TEN}`,
  actions: ["perf-scan"],
  inputs: countServices,
  prepare: (stage) => {
    addLabels(stage);
    haveRequests(stage, TEN, 4);
    // A first run would open three.
    addBenchIncident(stage, nameError(0), { phase: "needs-human", acceptedAt: "2026-01-01T00:00:00Z" });
    return { leftUndone: () => missing("accepted", countPhase(stage, "accepted"), TEN) };
  },
  most: { github: 16, sentry: 6 },
};

const scanNothing: BenchScenario = {
  name: `perf-scan of ${TEN}, none slow`,
  actions: ["perf-scan"],
  inputs: countServices,
  prepare: (stage) => {
    haveRequests(stage, TEN, 1);
    return refuseWrites(stage);
  },
  most: { github: 3, sentry: 5 },
};

/** A tick that finds incidents, all of which wait for a person. */
const idleTick = (action: string, rehearsals = 0): BenchScenario => ({
  name: `idle tick of ${action}, ${OPEN} open`,
  actions: [action],
  rehearsals,
  inputs: countServices,
  prepare: (stage): Work => {
    addLabels(stage);
    for (let index = 0; index < OPEN; index += 1)
      addBenchIncident(stage, nameError(index), { phase: "needs-human", reason: "attempts-exhausted" });
    stage.clock.advance(3 * DAY);
    return refuseWrites(stage);
  },
  most: { github: 3 },
});

/** How many incidents a busy organization may have. */
export type Crowd = { readonly open: number; readonly watched: number; readonly waiting: number };

const CROWD: Crowd = { open: 10_000, watched: 1_000, waiting: 1_000 };

/** A tick that finds very many: most wait for a person, some for a deployment, and some are watched after their close. */
export const crowdedTick = (
  action: string,
  { open, watched, waiting }: Crowd,
  mostTogether: number,
): BenchScenario => ({
  name: `idle tick of ${action}, ${open} open, ${watched} watched, ${waiting} waiting`,
  actions: [action],
  inputs: countServices,
  prepare: async (stage): Promise<Work> => {
    addLabels(stage);
    deployHead(stage);
    await indexWatched(stage, addWatched(stage, raiseErrors(stage, watched)));
    addWaiting(stage, waiting);
    for (let index = 0; index < open; index += 1)
      addBenchIncident(stage, nameError(index), { phase: "needs-human", reason: "attempts-exhausted" });
    stage.clock.advance(3 * DAY);
    return refuseWrites(stage);
  },
  most: {},
  mostTogether,
  mostBytes: 150_000_000,
});

/** A tick of intake that finds very many issues, some of which Sentry opened and which wait for more events. */
export const waitingTick = (open: number, waiting: number, rehearsals: number): BenchScenario => ({
  name: `quiet tick of intake, ${open} open, ${waiting} waiting`,
  actions: ["intake"],
  inputs: (stage) => ({ ...countServices(stage), "min-events": "5" }),
  rehearsals,
  prepare: (stage): Work => {
    openIssuesOnAlerts(stage);
    for (let index = waiting; index < open; index += 1)
      stage.world.as("maintainer").openIssue({ title: `Idea ${index}`, body: "It would help." });
    for (let index = 0; index < waiting; index += 1) benchCrash(stage, index, RELEASE, [stage.clock.now()]);
    stage.clock.advance(3 * DAY);
    return refuseWrites(stage);
  },
  most: {},
  mostTogether: 16,
  mostBytes: 150_000_000,
});

export const BENCH_SCENARIOS: readonly BenchScenario[] = [
  intakeFifty,
  dispatchFifty,
  closeFifty,
  eventChain("event chain of one incident"),
  eventChain("event chain of one that resembles others", addResembling),
  scanTen,
  scanNothing,
  // The first one lists all of them.
  idleTick("intake", 1),
  idleTick("dispatch"),
  idleTick("verify-recovery"),
  waitingTick(10_000, 1_000, 8),
  crowdedTick("verify-recovery", CROWD, 14),
  crowdedTick("dispatch", CROWD, 3),
];

/** What a workflow passes to reach the services. */
function countServices({ urls }: BenchStage): Record<string, string> {
  return {
    "sentry-token": BENCH_NAMES.sentryToken,
    "sentry-url": urls.sentry,
    "sentry-org": "acme",
    "sentry-projects": BENCH_NAMES.sentryProject.slug,
    "vercel-token": BENCH_NAMES.vercelToken,
    "vercel-url": urls.vercel,
    "vercel-project": BENCH_NAMES.vercelProject,
    "health-url": `${urls.health}/health`,
    "health-allow-private": "true",
    "posthog-api-key": BENCH_NAMES.posthogKey,
    "posthog-host": urls.posthog,
    "posthog-project-id": BENCH_NAMES.posthogProject,
    events: "order_completed",
  };
}

function countEvents({ world }: BenchStage, name: string): () => number {
  let count = 0;
  world.onEvent(({ event }) => {
    if (event === name) count += 1;
  });
  return () => count;
}

function refuseWrites({ world: { versions } }: BenchStage): Work {
  let before = versions.current;
  return {
    begin: () => {
      before = versions.current;
    },
    leftUndone: () => (versions.current === before ? undefined : "it wrote something."),
  };
}

function countPhase({ world }: BenchStage, phase: Parameters<typeof phaseLabel>[0]): number {
  const { issues, labels } = world.repository(BENCH_NAMES.repository);
  const label = labels.list().find(({ name }) => name === phaseLabel(phase));
  return issues.list().filter(({ labelIds }) => label !== undefined && [...labelIds].includes(label.id))
    .length;
}

const missing = (what: string, found: number, wanted: number): string | undefined =>
  found === wanted ? undefined : `${found} of ${wanted} are ${what}.`;
