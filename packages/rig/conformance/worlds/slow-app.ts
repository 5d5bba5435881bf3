import { type IncidentRecord, operationKey } from "@patchpilot/incident";
import { DAY, HOUR } from "@patchpilot/time";
import { type FailingApp, openFailingApp } from "./live-app.ts";
import { addIncident } from "./world.ts";

const AN_HOUR_OF_REQUESTS = 50;

/** A production in which one operation became slow, and a scan opened an incident on it. */
export type SlowApp = FailingApp & {
  readonly slowIssue: number;
  /** Lets hours go by in which the operation is so many times slower than it was; 0: nobody calls it. */
  readonly serve: (hours: number, factor: number) => void;
};

const OPERATION = {
  project: "shop",
  op: "http.server",
  transaction: "GET /cart",
  description: "GET /cart",
} as const;

/** Ten days: fast for nine, then three times slower. @param count incidents, each of an operation of its own */
export function openSlowApp(count = 1): SlowApp & { readonly slowIssues: readonly number[] } {
  const production = openFailingApp({ days: 10, crashes: 0 });
  const { clock } = production.test;
  const now = clock.now();
  const names = Array.from({ length: count }, (_, index) => `GET /cart${index || ""}`);
  const record = (from: number, hours: number, factor: number) => {
    for (const transaction of names) recordHours(production, { transaction, from, hours, factor });
  };
  record(now - 10 * DAY, 9 * 24, 1);
  record(now - DAY, 24, 3);
  const slowIssues = names.map((transaction) => addIncident(production.test, slowness(transaction, now)));
  return {
    ...production,
    slowIssues,
    slowIssue: slowIssues[0] ?? 0,
    serve: (hours, factor) => {
      const from = clock.now();
      production.goOn(hours);
      if (factor > 0) record(from, hours, factor);
    },
  };
}

/** Such a production that has served for so many hours since a fix went live. */
export async function openFixedSlowApp(hours: number, factor: number): Promise<SlowApp> {
  const production = openSlowApp();
  production.deploy(await production.repair());
  production.serve(hours, factor);
  return production;
}

/** Hours in which an operation is so many times slower than it was. */
export type ServedHours = {
  readonly transaction: string;
  readonly from: number;
  readonly hours: number;
  readonly factor: number;
  /** An hour; default 50. */
  readonly requests?: number;
  readonly release?: string;
  readonly sampleRate?: number;
};

/** Requests of log-normal durations, a median of 100 ms, evenly over each hour. */
export function recordHours({ sentry }: Pick<FailingApp, "sentry">, served: ServedHours): void {
  const { from, hours, factor, requests = AN_HOUR_OF_REQUESTS, ...kind } = served;
  const durations = Array.from({ length: Math.round(hours * requests) }, (_, i) => {
    const share = (((i * 31) % AN_HOUR_OF_REQUESTS) + 0.5) / AN_HOUR_OF_REQUESTS;
    return factor * 100 * (share / (1 - share)) ** 0.35;
  });
  const instants = durations.map((_, i) => from + (i * HOUR) / requests);
  sentry.recordSpans({ ...kind, op: OPERATION.op, durations, instants });
}

/** What perf-scan writes down of an operation that became slow a day ago. */
export function slowness(transaction: string, now: number): Partial<IncidentRecord> {
  const operation = { ...OPERATION, transaction, description: transaction };
  const breakpoint = new Date(Math.ceil((now - DAY) / HOUR) * HOUR).toISOString();
  return {
    kind: "performance",
    key: operationKey("acme", "production", operation),
    environment: "production",
    title: `${transaction} is slow`,
    performance: {
      verdict: "regressed",
      source: "spans",
      operation,
      window: { from: breakpoint, to: new Date(now).toISOString() },
      threshold: 1000,
      aboveMs: 215,
      now: { p95: 840, samples: 1200 },
      before: { p95: 280, samples: 8000 },
      breakpoint,
    },
  };
}
