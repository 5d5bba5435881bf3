import { addOccurrence } from "./occurrence.ts";
import type { SentryWorld, StoredIssue } from "./world.ts";

/** `issue.type` of what Sentry's detector of slower endpoints opens (type 1018). */
const REGRESSION_TYPE = "performance_p95_endpoint_regression";

/** What Sentry's detector found out about an endpoint. */
export type FedRegression = {
  readonly transaction: string;
  /** p95 in milliseconds. */
  readonly before: number;
  readonly after: number;
  /** Milliseconds since the epoch; the API shows seconds. */
  readonly breakpoint: number;
  /** Id or slug; the first project if none is named. */
  readonly project?: string;
  /** When the detector noticed; default: now. */
  readonly at?: number;
};

const TITLE = "Endpoint Regression";
const ms = (value: number): string => `${value.toFixed(2)}ms`;

/** Opens the issue that Sentry's detector of slower endpoints opens; it is of no environment and triggers no alert. */
export function addEndpointRegression(world: SentryWorld, fed: FedRegression): StoredIssue {
  const { transaction, before, after, breakpoint, project, at = world.clock.now() } = fed;
  const increase = `ncreased from ${ms(before)} to ${ms(after)} (P95)`;
  const occurrence = {
    fingerprint: [`${REGRESSION_TYPE}|${transaction}`],
    subtitle: `I${increase}`,
    evidenceData: {
      absolutePercentageChange: after / before,
      aggregateRange1: before,
      aggregateRange2: after,
      breakpoint: Math.floor(breakpoint / 1_000),
      change: "regression",
      transaction,
    },
    evidenceDisplay: [
      { name: "Regression", value: `${transaction} duration i${increase}`, important: true },
      { name: "Transaction", value: transaction, important: true },
    ],
    type: 1018,
    detectionTime: at / 1_000,
    level: "info",
    culprit: transaction,
    priority: 50,
    assignee: null,
  };
  const { issue } = addOccurrence(world, {
    ...(project === undefined ? {} : { project }),
    ...{ at, environment: null, title: TITLE, culprit: transaction, level: "info" },
    kind: { type: "generic", issueType: REGRESSION_TYPE, issueCategory: "metric" },
    metadata: { value: `I${increase}` },
    event: { tags: { transaction }, occurrence },
  });
  return issue;
}
