import { DAY, HOUR } from "@patchpilot/time";
import type { LatencyBucket, LatencyRecoverySummary } from "@patchpilot/verdict";
import type { LatencyFact, VerifyFacts } from "../facts.ts";
import type { VerifyPorts } from "../ports.ts";
import type { SlowOperation, VerifyCase } from "../questions/case.ts";
import type { OperationHistory } from "../questions/sources.ts";
import { gatherFacts } from "../read-facts.ts";
import { recovered } from "./facts.ts";
import { aCase, aWorld, LIVE, liveFor, NOW, openWorld, SETTINGS, type World } from "./world.ts";

/** Slow since three days before now. */
export const OPERATION: SlowOperation = {
  organization: "acme",
  project: "shop",
  transaction: "GET /cart",
  op: "http.server",
  description: "",
  aboveMs: 150,
  thresholdMs: 1000,
  fastUntil: NOW - 3 * DAY,
  slowFrom: NOW - 3 * DAY,
  minSamples: 100,
};

/** An incident of a slow operation whose fix is merged. */
export function slowCase(more: Partial<VerifyCase> = {}): VerifyCase {
  const base = aCase();
  return {
    ...base,
    summary: { ...base.summary, kind: "performance", key: "span:acme/0", title: "GET /cart is slow" },
    error: null,
    operation: OPERATION,
    ...more,
  };
}

const FAST = { p95: 200, above: 5 };
const SLOW = { p95: 500, above: 22 };

/** A fast week, slow until the deploy so many hours ago, and what came since. */
export function slowHistory(hours: number, since: Partial<LatencyBucket> = FAST): OperationHistory {
  const deploy = NOW - hours * HOUR;
  const from = NOW - 10 * DAY;
  const buckets = Array.from({ length: 240 }, (_, i): LatencyBucket => {
    const at = from + i * HOUR;
    const phase = at >= deploy ? since : at >= OPERATION.slowFrom ? SLOW : FAST;
    return { at, samples: 50, ...FAST, ...phase };
  });
  return { buckets, partial: false };
}

/** A world with one slow operation whose fix has been live for so many hours. */
export function slowWorld(hours: number, since?: Partial<LatencyBucket>, more: Partial<World> = {}): World {
  const ports: Partial<VerifyPorts> = {
    readOperations: (questions) =>
      Promise.resolve(new Map(questions.map(({ issue }) => [issue, slowHistory(hours, since)]))),
  };
  return aWorld({ cases: [slowCase()], production: liveFor(hours), ports, ...more });
}

/** What is known of each incident of such a world once all is read that a decision needs. */
export async function gatherIn(world: World): Promise<{ facts: VerifyFacts; calls: readonly string[] }[]> {
  const ports = openWorld(world);
  const given = {
    now: NOW,
    settings: SETTINGS,
    maxAttempts: 3,
    exposure: "auto",
    oldClients: "wait",
  } as const;
  const dossiers = await gatherFacts(world.cases, ports, { lines: [], refused: [] }, given);
  return dossiers.map(({ facts }) => ({ facts, calls: ports.calls }));
}

/** 600 requests since a deploy 12 hours ago, of which 60 would be slow normally. */
export function measured(more: Partial<LatencyRecoverySummary> = {}): LatencyFact {
  return {
    state: "counted",
    summary: {
      rule: 1,
      minSamples: 100,
      aboveMs: 150,
      samples: 600,
      slow: 58,
      expected: 60,
      excess: 4.4,
      p95: 205,
      bound: 215,
      fastP95: 200,
      phi: 1.2,
      days: 7,
      hours: 12,
      cap: 48,
      eta: 4,
      shut: [],
      ...more,
    },
  };
}

/** A slow operation that is fast again, with every question answered. */
export function fastAgain(more: Partial<VerifyFacts> = {}): VerifyFacts {
  const { errors: _, sibling: __, ...answered } = recovered();
  return {
    ...answered,
    kind: "performance",
    deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - 12 * HOUR },
    traffic: { state: "counted", source: "spans", alive: true },
    latency: measured(),
    ...more,
  };
}
