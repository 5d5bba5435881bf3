import type { ApiEvent } from "./stored-event.ts";
import {
  makeEventId,
  nextIssueIds,
  requireProject,
  type SentryWorld,
  type StoredIssue,
  type StoredRegression,
} from "./world.ts";

/** `issue.type` of what Sentry's detector of slower endpoints opens (type 1018). */
export const REGRESSION_TYPE = "performance_p95_endpoint_regression";

export type FedRegression = StoredRegression & {
  /** Id or slug; the first project if none is named. */
  readonly project?: string;
  /** When the detector noticed; default: now. */
  readonly at?: number;
};

const TITLE = "Endpoint Regression";
const ms = (value: number): string => `${value.toFixed(2)}ms`;
const increase = ({ before, after }: StoredRegression): string =>
  `ncreased from ${ms(before)} to ${ms(after)} (P95)`;

/** Opens the issue that Sentry's detector of slower endpoints opens; it is of no environment and triggers no alert. */
export function addEndpointRegression(world: SentryWorld, fed: FedRegression): StoredIssue {
  const project = requireProject(world, fed.project);
  const { transaction, before, after, breakpoint } = fed;
  const regression = { transaction, before, after, breakpoint };
  const at = fed.at ?? world.clock.now();
  const metadata = { type: "", value: `I${increase(regression)}`, filename: "", function: "" };
  const issue: StoredIssue = {
    ...nextIssueIds(world, project),
    projectId: project.id,
    fingerprint: `${REGRESSION_TYPE}|${transaction}`,
    title: TITLE,
    culprit: transaction,
    level: "info",
    metadata,
    status: "unresolved",
    substatus: "new",
    resolvedIn: null,
    priority: "medium",
    isUnhandled: false,
    hasOpenFixPr: false,
    regression,
    events: [],
    activity: [{ type: "first_seen", at, data: {} }],
    integrationIssues: [],
  };
  world.eventCount += 1;
  const api = detectorEvent(issue, project.platform);
  const id = makeEventId(world.eventCount);
  issue.events.push({ id, issueId: issue.id, at, release: null, environment: null, user: null, api });
  world.issues.set(issue.id, issue);
  return issue;
}

function detectorEvent({ culprit, metadata }: StoredIssue, platform: string): ApiEvent {
  return {
    title: TITLE,
    message: "",
    culprit,
    location: null,
    level: "info",
    platform,
    entries: [],
    tags: { level: "info", transaction: culprit },
    metadata,
    contexts: {},
    sdk: { name: "", version: "" },
    handled: true,
  };
}

/** What the event of such an issue tells beyond an error's. */
export function renderOccurrence(issue: StoredIssue, regression: StoredRegression) {
  const { transaction, before, after, breakpoint } = regression;
  return {
    id: issue.id,
    projectId: Number(issue.projectId),
    eventId: issue.events[0]?.id ?? "",
    fingerprint: [issue.fingerprint],
    issueTitle: TITLE,
    subtitle: `I${increase(regression)}`,
    resourceId: null,
    evidenceData: {
      absolutePercentageChange: after / before,
      aggregateRange1: before,
      aggregateRange2: after,
      breakpoint: Math.floor(breakpoint / 1_000),
      change: "regression",
      transaction,
    },
    evidenceDisplay: [
      { name: "Regression", value: `${transaction} duration i${increase(regression)}`, important: true },
      { name: "Transaction", value: transaction, important: true },
    ],
    type: 1018,
    detectionTime: (issue.events[0]?.at ?? 0) / 1_000,
    level: "info",
    culprit: transaction,
    priority: 50,
    assignee: null,
  };
}
