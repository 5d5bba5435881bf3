import {
  fitWorkOrder,
  type Incident,
  type PreviousAttempt,
  recipeOf,
  type WorkOrder,
} from "@patchpilot/incident";

/** What the worker is told of one attempt; nothing in it is an instruction. Pure. */
export function buildWorkOrder(
  incident: Incident,
  attempt: { readonly number: number; readonly key: string },
  context: {
    readonly repository: string;
    readonly repositoryId: number;
    readonly agent: string;
    readonly autonomy: string;
    /** Undefined: the one for incidents of this kind. */
    readonly recipe: string | undefined;
  },
  previousAttempts: readonly PreviousAttempt[],
): WorkOrder | undefined {
  const record = incident.records.incident;
  if (record === undefined) return undefined;
  const { data } = record;
  return fitWorkOrder({
    v: 1,
    key: attempt.key,
    repository: context.repository,
    repositoryId: context.repositoryId,
    issue: incident.issue.number,
    url: incident.issue.url,
    attempt: attempt.number,
    agent: context.agent,
    autonomy: context.autonomy,
    recipe: context.recipe ?? recipeOf(data.kind),
    incident: {
      key: data.key,
      kind: data.kind,
      title: data.title,
      severity: data.severity,
      confidence: data.confidence,
      ...(data.environment ? { environment: data.environment } : {}),
      ...(data.release ? { release: data.release } : {}),
      ...(data.sentry?.url ? { sentryUrl: data.sentry.url } : {}),
    },
    evidence: withoutHiddenLine(record.body),
    suspectFiles: data.suspectFiles,
    similarIncidents: data.similar,
    ...(data.performance ? { performance: data.performance } : {}),
    ...(incident.records.impact ? { impact: incident.records.impact.data.summary } : {}),
    previousAttempts: [...previousAttempts],
  });
}

/** The frozen evidence is the incident's record as people read it: sanitised and redacted when it was accepted. */
const withoutHiddenLine = (body: string): string => body.trimEnd().split("\n").slice(0, -1).join("\n").trim();
