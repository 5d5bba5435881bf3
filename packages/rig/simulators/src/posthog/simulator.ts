import type { VirtualClock } from "../clock.ts";
import { simulate } from "../simulator.ts";
import { ingested } from "./ingest.ts";
import { createPostHogRoutes } from "./routes.ts";
import type { PostHogProject, PostHogWorld } from "./world.ts";

export type PostHogOptions = {
  readonly clock: VirtualClock;
  readonly projectId: string;
  /** What SDKs send events with. */
  readonly projectToken: string;
  /** Personal keys and their scopes. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
};

export type RecordedEvent = {
  readonly event: string;
  readonly distinctId: string;
  readonly at: number | string | Date;
};

/** A simulated PostHog: its capture endpoint and its query endpoint over what was captured. */
export type PostHogSimulator = ReturnType<typeof createPostHogSimulator>;

/** Makes a simulated PostHog with one project on the shared clock. */
export function createPostHogSimulator(options: PostHogOptions) {
  const { clock, projectId, projectToken, keys } = options;
  const project: PostHogProject = { number: 1, token: projectToken, events: [], pending: new Map() };
  const world: PostHogWorld = {
    clock,
    projects: new Map([[projectId, project]]),
    keys: new Map(Object.entries(keys)),
    pollsBeforeAnswer: 0,
  };
  const violations: string[] = [];
  const routes = createPostHogRoutes(world, (what) => violations.push(what));
  const wire = simulate({
    clock,
    handle: async (request) => routes.fetch(request),
    operationOf: ({ method, path }) => nameOperation(method, path),
  });
  const { events } = project;
  return Object.assign(wire, {
    /** Requests and queries that no real caller may send; a test ends by expecting none. */
    violations: violations as readonly string[],
    /** Puts events into the past or the future without an SDK. */
    recordEvents: (recorded: readonly RecordedEvent[]) => {
      for (const { event, distinctId, at } of recorded)
        events.push(ingested(event, distinctId, new Date(at).getTime()));
    },
    /** How many events are kept. */
    eventCount: () => events.length,
    /** From now on a query is answered 202 and must be asked after so many times; 0 turns that off. */
    answerLate: (polls: number) => {
      world.pollsBeforeAnswer = polls;
    },
  });
}

function nameOperation(method: string, path: string): string {
  const [route = ""] = path.split("?");
  if (route === "/batch/") return "batch";
  if (/^\/api\/projects\/[^/]+\/query\/$/.test(route)) return "createQuery";
  if (/^\/api\/projects\/[^/]+\/query\/[^/]+\/$/.test(route)) return "getQuery";
  return `${method} ${route}`;
}
