import { DAY, HOUR, WEEK } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import type { VerifyFacts, VerifySettings } from "../facts.ts";
import type { VerifyPorts } from "../ports.ts";
import type { DecidedCase, VerifyCase } from "../questions/case.ts";
import type { HealthFact } from "../questions/health/facts.ts";
import type {
  ErrorHistory,
  ErrorIdentity,
  ExposureHistory,
  Neighbourhood,
  ProductionHistory,
} from "../questions/sources.ts";

/** A Thursday at noon, on a full five minutes. */
export const NOW = Date.parse("2026-11-19T12:00:00Z");
export const FIX = "f1".repeat(20);
export const LIVE = "a1".repeat(20);
export const OLD = "0d".repeat(20);

export const SETTINGS: VerifySettings = { allow: ["close", "retry", "escalate"], minDeployAgeMs: 60_000 };

/** An incident of attempt 1, merged a day ago, as this action meets it. */
export function aCase(more: Partial<VerifyCase> = {}): VerifyCase {
  const issue = more.issue ?? 12;
  return {
    issue,
    summary: {
      issue,
      key: `sentry:acme/${issue}`,
      kind: "error",
      title: "TypeError: cart is undefined",
      severity: "high",
      phase: "verifying",
      url: `https://github.com/acme/shop/issues/${issue}`,
    },
    phase: "verifying",
    episode: 1,
    held: false,
    acceptedAt: NOW - 2 * DAY,
    onset: NOW - 30 * DAY,
    error: { organization: "acme", id: String(1000 + issue), shortId: `SHOP-${issue}`, projectId: "1" },
    merge: { commit: FIX, at: NOW - DAY, attempt: 1, pullRequest: 40 },
    attempts: 1,
    previous: null,
    ...more,
  };
}

/** The facts of that incident before anything is asked. */
export function someFacts(more: Partial<VerifyFacts> = {}): VerifyFacts {
  return {
    phase: "verifying",
    held: false,
    attemptsLeft: 2,
    fix: { kind: "merged", commit: FIX, at: NOW - DAY, attempt: 1, pullRequest: 40 },
    ...more,
  };
}

/** Production in which the fix has been live for some hours. */
export function liveFor(hours: number): ProductionHistory {
  return {
    source: "vercel",
    history: [
      { sha: LIVE, from: NOW - hours * HOUR },
      { sha: OLD, from: NOW - 3 * DAY },
    ],
    waiting: [],
  };
}

/** One error every `step` minutes from `from` to `until`. */
export function errorsEvery(step: number, from: number, until: number, release?: string | null) {
  const points: ErrorHistory["points"][number][] = [];
  for (let at = from; at < until; at += step * 60_000) {
    points.push({ at, count: 1, ...(release === undefined ? {} : { release }) });
  }
  return points;
}

/** A week of errors every 20 minutes up to the deploy, and then `after` errors every so many minutes (0: none). */
export function history(hours: number, after = 0): ErrorHistory {
  const anchor = NOW - hours * HOUR;
  const since = after === 0 ? [] : errorsEvery(after, anchor, NOW);
  return {
    knownFrom: anchor - WEEK,
    points: [...errorsEvery(20, anchor - WEEK, anchor), ...since],
  };
}

/** Steady traffic of one release-less source, from 15 days ago until two minutes ago. */
export function steadyTraffic(perBucket = 10): ExposureHistory {
  const from = NOW - 15 * DAY;
  const length = Math.floor((NOW - 120_000 - from) / BUCKET);
  const counts = new Array<number>(length).fill(perBucket);
  return { from, releases: [{ release: null, counts }], other: [], sampleRates: [], byRelease: false };
}

/** The error of issue 12 as Sentry describes it. */
export const anIdentity = (more: Partial<ErrorIdentity> = {}): ErrorIdentity => ({
  id: "1012",
  shortId: "SHOP-12",
  projectId: "1",
  culprit: "POST /checkout",
  thrown: { type: "TypeError", message: "cannot read total" },
  frame: { filename: "src/cart.ts", function: "total" },
  count: 0,
  users: null,
  lastSeen: null,
  archived: false,
  ...more,
});

export type World = {
  readonly now: number;
  readonly cases: readonly VerifyCase[];
  readonly production: ProductionHistory | undefined;
  /** Heads that contain a fix. */
  readonly containing: readonly string[];
  readonly health: HealthFact | undefined;
  readonly exposure: ExposureHistory | undefined;
  readonly errors: ((issue: number) => ErrorHistory) | undefined;
  /** Errors that happened beside the incidents since the deploy. */
  readonly others: Neighbourhood["others"];
  /** Replaces single ports. */
  readonly ports: Partial<VerifyPorts>;
};

/** A world in which the fix of issue 12 has been live for 30 hours without an error. */
export function aWorld(more: Partial<World> = {}): World {
  return {
    now: NOW,
    cases: [aCase()],
    production: liveFor(30),
    containing: [LIVE],
    health: undefined,
    exposure: steadyTraffic(),
    errors: () => history(30),
    others: [],
    ports: {},
    ...more,
  };
}

export type Recorded = { readonly calls: string[]; readonly applied: DecidedCase[] };

/** Ports onto a world, with what was asked and applied. */
export function openWorld(world: World): VerifyPorts & Recorded {
  const calls: string[] = [];
  const applied: DecidedCase[] = [];
  const asked = <T>(name: string, value: T): Promise<T> => {
    calls.push(name);
    return Promise.resolve(value);
  };
  return {
    calls,
    applied,
    secrets: [],
    readCases: () => asked("cases", { now: world.now, cases: world.cases }),
    readProduction: () => asked("production", world.production),
    readContainment: (pairs) =>
      asked(
        "containment",
        new Map(pairs.map((pair) => [pair, { holds: world.containing.includes(pair.head) }])),
      ),
    probeHealth: world.health && (() => asked("health", world.health as HealthFact)),
    readExposure: {
      sessions: (projects) =>
        asked(
          "sessions",
          new Map(
            world.exposure ? projects.map((project) => [project, world.exposure as ExposureHistory]) : [],
          ),
        ),
    },
    readErrors:
      world.errors &&
      ((questions) =>
        asked(
          "errors",
          new Map(questions.map(({ issue }) => [issue, (world.errors as World["errors"] & {})(issue)])),
        )),
    readNeighbours: (errors) =>
      asked("neighbours", {
        own: new Map(errors.map((error) => [error.shortId, anIdentity({ ...error, id: error.id ?? "" })])),
        others: world.others,
        crowded: new Map<string, number>(),
      }),
    apply: (decided) => {
      calls.push("apply");
      applied.push(...decided);
      return Promise.resolve({ problems: [], resolved: [], unwritten: new Set() });
    },
    ...world.ports,
  };
}
