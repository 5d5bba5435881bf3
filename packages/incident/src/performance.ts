import { createHash } from "node:crypto";
import * as z from "zod";
import { addShares, markIf, type Scored, type ScoreMark } from "./scores.ts";
import { addPoints, type Severity } from "./severity.ts";

/** What tells a slow operation from others: texts as Sentry has them, exact. */
export type OperationName = {
  /** Slug of Sentry's project. */
  readonly project: string;
  /** `span.op`. */
  readonly op: string;
  readonly transaction: string;
  /** `span.description`; empty where there is none. */
  readonly description: string;
};

/**
 * The key of an operation's incident: one for each environment, operation, transaction and description, whatever the
 * release. A description that only repeats the transaction tells nothing apart. Nothing of the texts stands in it.
 */
export function operationKey(organization: string, environment: string, operation: OperationName): string {
  const { project, op, transaction } = operation;
  const description = operation.description === transaction ? "" : operation.description;
  const name = JSON.stringify([environment, project, op, transaction, description]);
  return `span:${organization}/${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
}

const instant = z.string();
const milliseconds = z.number();
const span = z.looseObject({ from: instant, to: instant });

const durations = z.looseObject({
  p50: milliseconds.optional(),
  p75: milliseconds.optional(),
  p95: milliseconds,
  p99: milliseconds.optional(),
  /** Spans that were stored, never an extrapolated count; absent: only Sentry's regression speaks. */
  samples: z.number().optional(),
});

/**
 * What is known of a slow operation, frozen at acceptance: for the worker that repairs it, and for whoever judges
 * later whether it is fast again. All texts are clean; one that had to be changed to be clean is cut from `query`.
 */
export const performanceFacts = z.looseObject({
  /** `regressed`: slower than in the same hours before. `slow`: over the threshold, whatever it was before. */
  verdict: z.enum(["regressed", "slow"]),
  /** Who measured: the rule of this product over spans, or Sentry's own detector alone. */
  source: z.enum(["spans", "sentry"]),
  operation: z.looseObject({
    project: z.string(),
    op: z.string(),
    transaction: z.string(),
    description: z.string(),
  }),
  /** Sentry's search that shows its spans; absent where the names cannot be written exactly. */
  query: z.string().optional(),
  window: span,
  baseline: span.optional(),
  /** p95 in milliseconds that counts as slow. */
  threshold: milliseconds,
  /** Duration in milliseconds that was exceeded by 10 % of the baseline (its p90): the share above it is what was tested. */
  aboveMs: milliseconds.optional(),
  now: durations,
  before: durations.optional(),
  /** When it became slow, where that is clear. */
  breakpoint: instant.optional(),
  /** The release that came with it, and the last one before. */
  release: z.string().optional(),
  previousRelease: z.string().optional(),
  /** Short id of Sentry's own issue on the regression. */
  sentryIssue: z.string().optional(),
  /** What the rule decided on: `decideLatency` of packages/verdict repeats the decision from it. */
  numbers: z.unknown().optional(),
  /** The newest scan that found something else than what stands above. */
  latest: z
    .looseObject({ at: instant, verdict: z.string(), p95: milliseconds, samples: z.number().optional() })
    .optional(),
});
export type PerformanceFacts = z.output<typeof performanceFacts>;

/** What the severity and the confidence of a slow operation are judged by. */
export type SlownessFacts = {
  readonly verdict: PerformanceFacts["verdict"];
  readonly source: PerformanceFacts["source"];
  readonly op: string;
  /** p95 now over p95 before; null: nothing to compare with. */
  readonly change: number | null;
  /** p95 now over the threshold that counts as slow. */
  readonly overThreshold: number;
  /** Operations an hour, as Sentry extrapolates them; null: unknown. */
  readonly perHour: number | null;
  /** Sentry's own detector found it, too. */
  readonly sentryAgrees: boolean;
  readonly hasBreakpoint: boolean;
  /** A release came with the breakpoint. */
  readonly hasRelease: boolean;
  /** A file of the repository is suspect. */
  readonly hasSuspect: boolean;
};

/** Points from which a severity begins; below the last: low. */
const THRESHOLDS: readonly (readonly [Severity, number])[] = [
  ["critical", 6],
  ["high", 4],
  ["medium", 1],
];

/**
 * How bad a slow operation is, by points: against before (1.5 times +1, twice +2, 3 times +3), against the threshold
 * (over it +1, 3 times +2, 10 times +3), traffic (1,000 an hour +1, under 10 an hour -1), people wait for it +1
 * (servers of `http`, `grpc`, `rpc`, `graphql` and the like, `navigation`, `pageload`, `ui.*`, `app.start*`). From 6 points critical, from 4 high, from 1 medium, else low.
 */
export function scoreSlowness(facts: SlownessFacts): Scored<Severity> {
  const marks = [
    ...markChange(facts.change),
    ...markThreshold(facts.overThreshold),
    ...markTraffic(facts.perHour),
    ...markIf(WAITED_FOR.test(facts.op), 1, "someone waits for it"),
  ];
  return addPoints(marks, THRESHOLDS, "it is only a little slower, and under the threshold");
}

const WAITED_FOR = /^(?:(?:http|g?rpc|graphql|websocket|mcp)\.server|navigation|pageload|ui\.|app\.start)/;

function markChange(change: number | null): ScoreMark[] {
  if (change === null || change < 1.15) return [];
  const points = change >= 3 ? 3 : change >= 2 ? 2 : change >= 1.5 ? 1 : 0;
  return [[points, `its p95 is ${change.toFixed(change < 10 ? 1 : 0)} times that of before`]];
}

function markThreshold(over: number): ScoreMark[] {
  if (over <= 1) return [];
  const points = over >= 10 ? 3 : over >= 3 ? 2 : 1;
  return [[points, `its p95 is ${over.toFixed(1)} times the threshold`]];
}

function markTraffic(perHour: number | null): ScoreMark[] {
  if (perHour === null || (perHour >= 10 && perHour < 1000)) return [];
  return perHour < 10
    ? [[-1, "it runs less than 10 times an hour"]]
    : [[1, `it runs about ${Math.round(perHour)} times an hour`]];
}

/**
 * How sure it is that the operation is slow in the environment that counts, and at a place that can be repaired: from
 * 0 to 1, a sum of shares. Measured in the environment .45 (Sentry's detector alone .35), regressed by the test .2 (slow
 * .1), Sentry agrees .05, a clear breakpoint .1, a release with it .1, a suspect file .1. What is slow and never was
 * faster stays under .75, the default gate of `dispatch`: whether it should be faster is for a person to say.
 */
export function scoreSlownessConfidence(facts: SlownessFacts): Scored<number> {
  const marks: readonly ScoreMark[] = [
    facts.source === "spans"
      ? [0.45, "its spans were measured in the environment that counts"]
      : [0.35, "only Sentry's own detector measured it"],
    facts.verdict === "regressed"
      ? [0.2, "it is slower than in the same hours before, beyond chance"]
      : [0.1, "it is over the threshold, and nothing shows that it was faster before"],
    ...markIf(facts.source === "spans" && facts.sentryAgrees, 0.05, "Sentry's own detector agrees"),
    ...markIf(facts.hasBreakpoint, 0.1, "it is clear when it began"),
    ...markIf(facts.hasRelease, 0.1, "a release came with it"),
    ...markIf(facts.hasSuspect, 0.1, "a file of this repository is suspect"),
  ];
  return addShares(marks, facts.verdict === "slow" ? 0.7 : 1);
}
