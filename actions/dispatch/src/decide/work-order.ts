import {
  chooseRecipe,
  fitWorkOrder,
  type Groundwork,
  type Incident,
  isShortId,
  type WorkOrder,
} from "@patchpilot/incident";
import { recordText } from "@patchpilot/ledger";
import type { Taught } from "../lessons/learn.ts";
import type { Depth } from "./depth.ts";

/** What the worker is told of one attempt; nothing in it is an instruction. Pure. */
export function buildWorkOrder(
  incident: Incident,
  attempt: { readonly number: number; readonly key: string },
  context: {
    readonly repository: string;
    readonly repositoryId: number;
    readonly agent: string;
    readonly depth: Depth;
    readonly plan?: { readonly text: string; readonly sha256: string };
    readonly continues?: NonNullable<Groundwork["continues"]>;
    /** Undefined: the one for incidents of this kind. */
    readonly recipe: string | undefined;
  },
  { previousAttempts, review }: Taught,
): WorkOrder | undefined {
  const record = incident.records.incident;
  if (record === undefined) return undefined;
  const { data } = record;
  return fitWorkOrder({
    v: 1,
    key: attempt.key,
    repository: context.repository,
    repositoryId: context.repositoryId,
    issue: incident.number,
    url: incident.url,
    attempt: attempt.number,
    agent: context.agent,
    autonomy: context.depth.autonomy,
    ...(context.depth.reasons.length > 0 ? { autonomyReasons: [...context.depth.reasons] } : {}),
    ...(context.plan === undefined ? {} : { plan: context.plan }),
    ...(context.continues === undefined ? {} : placeOf(context.continues)),
    ...(review === undefined ? {} : { review }),
    recipe: context.recipe ?? chooseRecipe(data.kind),
    incident: {
      key: data.key,
      kind: data.kind,
      title: data.title,
      severity: data.severity,
      confidence: data.confidence,
      ...(data.environment ? { environment: data.environment } : {}),
      ...(data.release ? { release: data.release } : {}),
      ...(data.sentry && isShortId(data.sentry.shortId) ? { shortId: data.sentry.shortId } : {}),
      ...(data.sentry?.url ? { sentryUrl: data.sentry.url } : {}),
    },
    // Frozen: what people read in the record, sanitised and redacted when it was accepted.
    evidence: recordText(record.body),
    suspectFiles: data.suspectFiles,
    similarIncidents: data.similar,
    ...(data.performance ? { performance: data.performance } : {}),
    ...(incident.records.impact ? { impact: incident.records.impact.data.summary } : {}),
    previousAttempts: [...previousAttempts],
  });
}

/** Where the attempt goes on: propose fast-forwards this branch from this commit, or does nothing. */
const placeOf = ({ branch, pullRequest, head }: NonNullable<Groundwork["continues"]>) => ({
  branch,
  pullRequest,
  expectedHead: head,
});
