import { HttpFailure } from "@patchpilot/http";
import { type ClaimFact, pickGroundwork, type WorkOrder } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { DispatchInputs } from "../contract.ts";
import type { Opening } from "../decide/choice.ts";
import { judgeDepth } from "../decide/depth.ts";
import { readPlan } from "../decide/groundwork.ts";
import { listReplies } from "../decide/reply.ts";
import { buildWorkOrder } from "../decide/work-order.ts";
import type { DispatchSettings } from "../facts.ts";
import type { ClosedLessons } from "../lessons/closed-incidents.ts";
import type { Lessons } from "../lessons/learn.ts";
import type { DispatchPorts, RefHome } from "../ports.ts";

/** An attempt that this run has claimed. */
export type ClaimedAttempt = {
  readonly opening: Opening;
  readonly key: string;
  readonly oid: string;
  readonly fact: Extract<ClaimFact, { state: "intent" }>;
};

/** What came of sending it. */
export type SentAttempt = { readonly intent: ClaimedAttempt } & (
  | { readonly kind: "sent"; readonly runId: string | undefined }
  | Refusal
  | { readonly kind: "unconfirmed"; readonly reason: string }
);

type Refusal = {
  readonly kind: "refused";
  readonly reason: string;
  /** GitHub's or the run's own limit: asking later is all it takes. */
  readonly passing: boolean;
};

/** What opening needs beside the openings. */
export type DispatchSite = {
  readonly home: RefHome;
  /** Where `workflow_dispatch` runs. */
  readonly branch: string;
  /** What earlier attempts teach. */
  readonly lessons: Lessons;
  /** What closed incidents teach. */
  readonly recalled: ClosedLessons;
};

/** Dispatches at once; more at a time would only run into GitHub's secondary limits. */
const AT_ONCE = 8;

/** Sends each claimed attempt once; one that runs already, as `started` says, is not sent again. */
export async function sendAttempts(
  intents: readonly ClaimedAttempt[],
  started: ReadonlyMap<string, string | undefined>,
  inputs: DispatchInputs,
  ports: DispatchPorts,
  settings: DispatchSettings,
  site: DispatchSite,
): Promise<SentAttempt[]> {
  const sent: SentAttempt[] = [];
  for (let start = 0; start < intents.length; start += AT_ONCE)
    sent.push(
      ...(await Promise.all(
        intents
          .slice(start, start + AT_ONCE)
          .map(
            (intent): Promise<SentAttempt> =>
              started.has(intent.key)
                ? Promise.resolve({ intent, kind: "sent", runId: started.get(intent.key) })
                : sendOne(intent, inputs, ports, settings, site),
          ),
      )),
    );
  return sent;
}

async function sendOne(
  intent: ClaimedAttempt,
  inputs: DispatchInputs,
  ports: DispatchPorts,
  settings: DispatchSettings,
  site: DispatchSite,
): Promise<SentAttempt> {
  const now = (await ports.clock()).getTime();
  if (now >= Date.parse(intent.fact.deadline))
    return {
      intent,
      kind: "unconfirmed",
      reason: "its lease ran out before it was dispatched; the next run takes over",
    };
  const order = orderWork(intent, inputs, ports, settings, site);
  if (typeof order === "string") return { intent, kind: "refused", reason: order, passing: false };
  try {
    return { intent, kind: "sent", runId: await ports.send(order, site.branch) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return NO_EFFECT.has(error.kind)
      ? { intent, kind: "refused", reason: error.message, passing: LIMITS.has(error.kind) }
      : { intent, kind: "unconfirmed", reason: error.message };
  }
}

/** The work order of an attempt, or why there is none. */
function orderWork(
  { opening: { facts, choice }, key, fact }: ClaimedAttempt,
  { agent, recipe, prices }: DispatchInputs,
  { repository, secrets }: DispatchPorts,
  settings: DispatchSettings,
  { lessons, recalled }: DispatchSite,
): WorkOrder | string {
  const ground = pickGroundwork(fact);
  const plan = ground.plan && readPlan(facts, ground.plan.attempt);
  if (plan?.sha256 !== ground.plan?.sha256) return "the approved plan was edited, or is gone";
  const taught = lessons.get(facts.incident.number) ?? { previousAttempts: [] };
  if (taught.unread !== undefined) return taught.unread;
  const replies = listReplies(facts, { attempt: choice.attempt, cause: fact.cause }, secrets);
  if (typeof replies === "string") return replies;
  const depth = judgeDepth(facts, settings, ground);
  const { repositoryId } = facts;
  const { continues } = ground;
  const budget = makeBudget(fact, prices);
  const context = { repository, repositoryId, agent, depth, plan, continues, recipe, budget };
  const attempt = { number: choice.attempt, key };
  return (
    buildWorkOrder(facts.incident, attempt, context, {
      ...taught,
      replies,
      lessons: recalled.get(facts.incident.number) ?? [],
    }) ?? "the incident's record is gone"
  );
}

/** What a worker holds to; undefined where nobody set anything. */
function makeBudget({ reserves }: ClaimedAttempt["fact"], prices: string | undefined): WorkOrder["budget"] {
  const budget = omitUndefined({
    usd: reserves?.usd,
    minutes: reserves?.minutes,
    prices: prices || undefined,
  });
  return Object.keys(budget).length === 0 ? undefined : budget;
}

const LIMITS = new Set(["rate-limited", "budget"]);
/** Failures after which the dispatch certainly did not happen. */
const NO_EFFECT = new Set(["unauthorized", "forbidden", "not-found", "rejected", ...LIMITS]);
