import * as z from "zod";
import { performanceFacts } from "./performance.ts";
import { countedEvent, lessonSchema, suspectAuthor } from "./records.ts";
import { SEVERITIES } from "./severity.ts";
import { amounts } from "./spend.ts";

/** The one key under `client_payload`, and the one input of `workflow_dispatch`. */
export const WORK_ORDER_KEY = "patchpilot";

/** GitHub allows 65,535 characters; half of it leaves room for escaping. */
export const WORK_ORDER_LIMIT = 32 * 1024;

/** Most bytes of an approved plan: it travels whole or not at all, for its hash is what was approved. */
export const PLAN_LIMIT = 12 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Sentry's name of an issue, as in `SHOP-2T`: the only text of an incident that a commit's subject may hold. */
const shortId = z
  .string()
  .max(64)
  .regex(/^(?!GH-\d+$)[A-Z0-9][A-Z0-9_]*(-[A-Z0-9_]+)*-[A-Z0-9]+$/);

/** Whether a text is a short id of Sentry, and nothing else. */
export const isShortId = (text: string): boolean => shortId.safeParse(text).success;

/** What is left of the failure after a merged fix was live, as `verify-recovery` counted it. */
const residual = z.looseObject({
  verdict: z.string(),
  /** What the numbers are: `errors per hour`, or `p95 in ms`. */
  unit: z.string().optional(),
  before: z.number().nullable().optional(),
  after: z.number().nullable().optional(),
  /** `after` as a share of `before`; 0: gone. */
  left: z.number().nullable().optional(),
});
export type Residual = z.output<typeof residual>;

/** An earlier attempt. `diff` and `failure` are an agent's and a test run's words: data, shortened and redacted. */
const previousAttempt = z.looseObject({
  attempt: z.number(),
  outcome: z.string(),
  pullRequest: z.number().optional(),
  reason: z.string().optional(),
  mergeCommit: z.string().optional(),
  /** Of the whole patch, also where `diff` shows a part of it or nothing. */
  patchSha256: sha256.optional(),
  diff: z.string().optional(),
  failure: z.string().optional(),
  /** What it asked; an agent's words. */
  question: z.string().optional(),
  /** Workflow runs on the pull request's last commit. */
  ci: z.array(z.looseObject({ name: z.string(), conclusion: z.string() })).optional(),
  residual: residual.optional(),
  /** What people with write access said who closed its pull request unmerged. */
  declined: lessonSchema.shape.declined,
  /** What could not be learnt, and why: sentences of ours. */
  missing: z.array(z.string()).optional(),
});
export type PreviousAttempt = z.output<typeof previousAttempt>;

/** A check that is red: texts of anyone who ran it, which may be an attacker's. */
const redCheck = z.looseObject({
  name: z.string(),
  /** A rule requires it for the merge. */
  required: z.boolean().optional(),
  conclusion: z.string(),
  /** What it says of its result, and where in the files. */
  words: z.string().optional(),
  /** The end of what the job printed. */
  log: z.string().optional(),
  /** What could not be learnt, and why: sentences of ours. */
  missing: z.array(z.string()).optional(),
});
export type RedCheck = z.output<typeof redCheck>;

/** What somebody with write access said to an attempt before: data to go by, in that person's words. */
const reply = z.looseObject({
  /** The attempt that it was said to. */
  attempt: z.number(),
  /** `answer`, `reject` or `amend`. */
  to: z.string(),
  author: z.string(),
  text: z.string(),
});

/** Product events while the incident lasted and in its baseline, as `impact` counted them. */
const productImpact = z.looseObject({
  window: z.looseObject({ from: z.string(), to: z.string() }),
  /** `previous-week`: the same hours a week before. `previous-window`: the hours right before. */
  baseline: z.string().optional(),
  /** What the severity rose to by these counts. */
  severity: z.enum(SEVERITIES).optional(),
  events: z.array(
    z.looseObject({
      ...countedEvent,
      /** What the two counts allow to say: few, steady, fell, rose, new or gone. */
      finding: z.string().optional(),
    }),
  ),
});
export type ProductImpact = z.output<typeof productImpact>;

/** What a repair worker is told. `evidence` is data from production: text that an attacker may have written. */
export const workOrder = z.looseObject({
  v: z.literal(1),
  key: z.string().regex(/^pp-\d+-\d+-a\d+$/),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  repositoryId: z.number().int().positive(),
  issue: z.number().int().positive(),
  url: z.string(),
  attempt: z.number().int().positive(),
  agent: z.string(),
  autonomy: z.string(),
  /** Why a worker may go less far than dispatch's input says. */
  autonomyReasons: z.array(z.string()).optional(),
  recipe: z.string().optional(),
  /** What the worker holds to, beside its own limits; `prices` is a list as `parsePrices` reads it. */
  budget: amounts.extend({ prices: z.string().optional() }).optional().catch(undefined),
  /** The plan that a person approved; `sha256` is that of `text` in UTF-8. */
  plan: z.looseObject({ text: z.string(), sha256 }).optional(),
  /** Set where the attempt goes on with the pull request of an earlier one: its branch is fast-forwarded. */
  branch: z.string().optional(),
  pullRequest: z.number().optional(),
  /** Commit that `branch` must still be at. */
  expectedHead: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .optional(),
  /** The change request that this attempt answers: a person's words, as data. */
  review: z.looseObject({ author: z.string(), text: z.string() }).optional(),
  /** Checks that went red on `pullRequest` at `expectedHead`, which this attempt is to turn green. */
  checks: z.array(redCheck).optional(),
  /** What people answered to questions and plans of earlier attempts, oldest first. */
  replies: z.array(reply).optional(),
  incident: z.looseObject({
    key: z.string(),
    kind: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    confidence: z.number(),
    environment: z.string().optional(),
    release: z.string().optional(),
    /** Anything but a short id is as good as none. */
    shortId: shortId.optional().catch(undefined),
    sentryUrl: z.string().optional(),
    suspectAuthor,
  }),
  evidence: z.string(),
  suspectFiles: z.array(z.string()),
  similarIncidents: z.array(z.number()),
  /** What closed incidents with the same signature taught: data, and a hint only. */
  lessons: z.array(z.looseObject({ issue: z.number(), lesson: lessonSchema })).optional(),
  /** A sentence, in orders from before `productImpact`. */
  impact: z.string().optional(),
  productImpact: productImpact.optional(),
  performance: performanceFacts.optional(),
  previousAttempts: z.array(previousAttempt),
});
export type WorkOrder = z.output<typeof workOrder>;

/** What one closed incident taught. */
export type ClosedLesson = NonNullable<WorkOrder["lessons"]>[number];

function dropLog({ log, ...check }: RedCheck): RedCheck {
  return log === undefined
    ? check
    : ({ ...check, missing: [...(check.missing ?? []), "its log did not fit"] } as RedCheck);
}

const SHORTENED = "\n(evidence shortened)";

/** What goes first, oldest attempt first: an agent can do without it more easily than without the evidence. */
const LESSONS = ["diff", "failure", "ci"] as const;

/** Takes diffs, then failures, then CI results out of earlier attempts, one at a time, until the order fits. */
function dropLessons(order: WorkOrder, limit: number): WorkOrder {
  let rest = order;
  for (const lesson of LESSONS)
    for (const [index, previous] of order.previousAttempts.entries()) {
      if (countBytes(rest) <= limit) return rest;
      if (previous[lesson] === undefined) continue;
      rest = {
        ...rest,
        previousAttempts: rest.previousAttempts.with(index, withoutLesson(rest, index, lesson)),
      };
    }
  return rest;
}

const DROPPED: Readonly<Record<(typeof LESSONS)[number], string>> = {
  diff: "its diff did not fit",
  failure: "its failing output did not fit",
  ci: "its CI results did not fit",
};

function withoutLesson(
  { previousAttempts }: WorkOrder,
  index: number,
  lesson: (typeof LESSONS)[number],
): PreviousAttempt {
  const { [lesson]: _, ...kept } = previousAttempts[index] as PreviousAttempt;
  return { ...kept, missing: [...(kept.missing ?? []), DROPPED[lesson]] } as PreviousAttempt;
}

/** What goes next where shortening the evidence is not enough; the later, the more a worker would miss it. */
const REDUCTIONS: readonly ((order: WorkOrder) => WorkOrder)[] = [
  (order) => (order.checks === undefined ? order : { ...order, checks: order.checks.map(dropLog) }),
  ({ impact: _impact, productImpact: _product, performance: _performance, ...rest }) => rest,
  ({ lessons: _lessons, ...order }) => ({
    ...order,
    similarIncidents: [],
    previousAttempts: order.previousAttempts.slice(-5).map(({ attempt, outcome }) => ({ attempt, outcome })),
  }),
  (order) => ({ ...order, suspectFiles: [], previousAttempts: [] }),
  (order) => ({ ...order, incident: { ...order.incident, title: cutToBytes(order.incident.title, 400) } }),
];

/**
 * Shortens a work order to the limit, in bytes of its JSON: what earlier attempts taught first, oldest first, then the
 * evidence, because everything else is small and decides more. What is left at last are names and numbers of a few
 * hundred bytes. An approved plan is never cut.
 */
export function fitWorkOrder(order: WorkOrder, limit = WORK_ORDER_LIMIT): WorkOrder {
  let rest = dropLessons(order, limit);
  if (countBytes(rest) <= limit) return rest;
  for (const reduce of [(same: WorkOrder) => same, ...REDUCTIONS]) {
    rest = reduce(rest);
    const room = limit - countBytes({ ...rest, evidence: SHORTENED });
    if (room >= 0) return { ...rest, evidence: `${cutToBytes(rest.evidence, room)}${SHORTENED}` };
  }
  return { ...rest, evidence: SHORTENED };
}

const countBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The longest beginning of a text whose JSON fits, never through a surrogate pair. */
function cutToBytes(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const point of text) {
    size += countBytes(point) - 2;
    if (size > bytes) break;
    end += point.length;
  }
  return text.slice(0, end);
}
