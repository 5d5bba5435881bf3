import { LABELS } from "@patchpilot/incident";
import { addIncident, addLabels } from "./incidents.ts";
import type { Scenario, Work } from "./scenario.ts";
import { NAMES, type Stage } from "./stage.ts";

const MANY = 50;
const OPEN = 1_000;
const THREE_DAYS = 3 * 86_400_000;

const dispatchFifty: Scenario = {
  name: `dispatch of ${MANY}`,
  actions: ["dispatch"],
  // Budgets are there to hold back; here they must not.
  inputs: () => ({ "max-open-prs": "1000", "max-dispatches-per-hour": "1000" }),
  prepare: (stage) => {
    addLabels(stage, labelNames);
    for (let index = 0; index < MANY; index += 1) addIncident(stage, crash(index));
    const dispatched = countEvents(stage, "repository_dispatch");
    return { leftUndone: () => missing("dispatches", dispatched(), MANY) };
  },
  most: { github: 1.5 * MANY },
};

/** A tick that finds incidents, all of which wait for a person. */
const idleTick = (action: string): Scenario => ({
  name: `idle tick of ${action}, ${OPEN} open incidents`,
  actions: [action],
  inputs: servicesOf,
  prepare: (stage): Work => {
    addLabels(stage, labelNames);
    for (let index = 0; index < OPEN; index += 1)
      addIncident(stage, crash(index), { phase: "needs-human", reason: "attempts-exhausted" });
    stage.clock.advance(THREE_DAYS);
    const before = stage.world.versions.current;
    return {
      leftUndone: () =>
        stage.world.versions.current === before ? undefined : "an idle tick wrote something.",
    };
  },
  most: { github: 3 },
});

export const SCENARIOS: readonly Scenario[] = [
  dispatchFifty,
  idleTick("dispatch"),
  idleTick("intake"),
  idleTick("verify-recovery"),
];

const labelNames = LABELS.map(({ name }) => name);

const crash = (index: number) => ({
  title: `TypeError: cannot read total of order ${index}`,
  body: "Sentry Issue",
});

/** What a workflow passes to reach the services. */
function servicesOf({ urls }: Stage): Record<string, string> {
  return {
    "sentry-token": NAMES.sentryToken,
    "sentry-url": urls.sentry,
    "sentry-org": "acme",
    "vercel-token": NAMES.vercelToken,
    "vercel-url": urls.vercel,
    "vercel-project": NAMES.vercelProject,
    "health-url": `${urls.health}/health`,
    "health-allow-private": "true",
    "posthog-api-key": NAMES.posthogKey,
    "posthog-host": urls.posthog,
    "posthog-project-id": NAMES.posthogProject,
    events: "order_completed",
  };
}

function countEvents({ world }: Stage, name: string): () => number {
  let count = 0;
  world.onEvent(({ event }) => {
    if (event === name) count += 1;
  });
  return () => count;
}

const missing = (what: string, found: number, wanted: number): string | undefined =>
  found === wanted ? undefined : `${found} of ${wanted} ${what}.`;
