import {
  type ClosedLesson,
  chooseRecipe,
  describeProductImpact,
  fitWorkOrder,
  type Groundwork,
  type Incident,
  type IncidentRecord,
  isShortId,
  readAccepted,
  readImpact,
  type WorkOrder,
} from "@patchpilot/incident";
import { recordText } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { Depth } from "./depth.ts";

/** What the work order of an issue says of what came before. */
export type Taught = {
  readonly previousAttempts: WorkOrder["previousAttempts"];
  /** Of closed incidents with the same signature. */
  readonly lessons?: readonly ClosedLesson[];
  /** What people answered to earlier attempts. */
  readonly replies?: NonNullable<WorkOrder["replies"]>;
  readonly review?: NonNullable<WorkOrder["review"]>;
  readonly checks?: NonNullable<WorkOrder["checks"]>;
  /** Why the review, or the red checks, that the attempt answers are not known: without it there is nothing to do. */
  readonly unread?: string;
};

/** What the run adds to the incident. */
type OrderContext = {
  readonly repository: string;
  readonly repositoryId: number;
  readonly agent: string;
  readonly depth: Depth;
  readonly plan?: WorkOrder["plan"];
  readonly continues?: Groundwork["continues"];
  /** Undefined: the one for incidents of this kind. */
  readonly recipe: string | undefined;
  readonly budget?: WorkOrder["budget"];
};

/** What one attempt is about, for its worker; nothing in it is an instruction. Pure. */
export function buildWorkOrder(
  incident: Incident,
  attempt: { readonly number: number; readonly key: string },
  context: OrderContext,
  { previousAttempts, lessons = [], replies = [], review, checks }: Taught,
): WorkOrder | undefined {
  const { records, episode } = incident;
  const data = readAccepted(records, episode);
  if (records.incident === undefined || data === undefined) return undefined;
  const impact = readImpact(records, episode);
  const { depth, continues } = context;
  return fitWorkOrder(
    omitUndefined({
      v: 1,
      key: attempt.key,
      repository: context.repository,
      repositoryId: context.repositoryId,
      issue: incident.number,
      url: incident.url,
      attempt: attempt.number,
      agent: context.agent,
      autonomy: depth.autonomy,
      autonomyReasons: depth.reasons.length > 0 ? [...depth.reasons] : undefined,
      budget: context.budget,
      plan: context.plan,
      // propose fast-forwards this branch from this commit, or does nothing.
      branch: continues?.branch,
      pullRequest: continues?.pullRequest,
      expectedHead: continues?.head,
      review,
      checks,
      replies: replies.length > 0 ? [...replies] : undefined,
      recipe: context.recipe ?? chooseRecipe(data.kind),
      incident: summariseRecord(data),
      // Frozen: what people read in the record, sanitised and redacted when it was accepted.
      evidence: recordText(records.incident.body),
      suspectFiles: data.suspectFiles,
      similarIncidents: data.similar,
      lessons: lessons.length > 0 ? [...lessons] : undefined,
      performance: data.performance,
      productImpact: impact && describeProductImpact(impact),
      previousAttempts,
    }),
  );
}

function summariseRecord(data: IncidentRecord): WorkOrder["incident"] {
  const { key, kind, title, severity, confidence, environment, release, sentry, suspectAuthor } = data;
  return omitUndefined({
    key,
    kind,
    title,
    severity,
    confidence,
    environment: environment || undefined,
    release: release || undefined,
    shortId: sentry && isShortId(sentry.shortId) ? sentry.shortId : undefined,
    sentryUrl: sentry?.url || undefined,
    suspectAuthor,
  });
}
