import { sendRepositoryDispatch, sendWorkflowDispatch } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { pickGroundwork, WORK_ORDER_KEY, type WorkOrder } from "@patchpilot/incident";
import type { Inputs } from "../contract.ts";
import { depthOf } from "../decide/depth.ts";
import { readPlan } from "../decide/groundwork.ts";
import { buildWorkOrder } from "../decide/work-order.ts";
import type { Settings } from "../facts.ts";
import type { Ports } from "../ports.ts";
import type { Intent, Sent, Site } from "./sending.ts";

/** Dispatches at once; more at a time would only run into GitHub's secondary limits. */
const AT_ONCE = 8;

/** Sends each claimed attempt once; one that runs already, as `started` says, is not sent again. */
export async function sendAll(
  intents: readonly Intent[],
  started: ReadonlyMap<string, string | undefined>,
  inputs: Inputs,
  ports: Ports,
  settings: Settings,
  site: Site,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let start = 0; start < intents.length; start += AT_ONCE)
    sent.push(
      ...(await Promise.all(
        intents
          .slice(start, start + AT_ONCE)
          .map(
            (intent): Promise<Sent> =>
              started.has(intent.key)
                ? Promise.resolve({ intent, kind: "sent", runId: started.get(intent.key) })
                : sendOne(intent, inputs, ports, settings, site),
          ),
      )),
    );
  return sent;
}

async function sendOne(
  intent: Intent,
  inputs: Inputs,
  ports: Ports,
  settings: Settings,
  site: Site,
): Promise<Sent> {
  const now = (await ports.github.clock()).getTime();
  if (now >= Date.parse(intent.fact.deadline))
    return {
      intent,
      kind: "unconfirmed",
      reason: "its lease ran out before it was dispatched; the next run takes over",
    };
  const { facts, choice } = intent.opening;
  const ground = pickGroundwork(intent.fact);
  const plan = ground.plan && readPlan(facts, ground.plan.attempt);
  if (plan?.sha256 !== ground.plan?.sha256)
    return { intent, kind: "refused", reason: "the approved plan was edited, or is gone", passing: false };
  const taught = site.lessons.get(facts.incident.number) ?? { previousAttempts: [] };
  if (taught.unread !== undefined) return { intent, kind: "refused", reason: taught.unread, passing: false };
  const order = buildWorkOrder(
    facts.incident,
    { number: choice.attempt, key: intent.key },
    {
      repository: site.repository,
      repositoryId: site.repositoryId,
      agent: inputs.agent,
      depth: depthOf(facts, settings, ground),
      ...(plan === undefined ? {} : { plan }),
      ...(ground.continues === undefined ? {} : { continues: ground.continues }),
      recipe: inputs.recipe,
    },
    taught,
  );
  if (order === undefined)
    return { intent, kind: "refused", reason: "the incident's record is gone", passing: false };
  try {
    return { intent, kind: "sent", runId: await post(order, inputs, ports, site) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return NO_EFFECT.has(error.kind)
      ? { intent, kind: "refused", reason: error.message, passing: LIMITS.has(error.kind) }
      : { intent, kind: "unconfirmed", reason: error.message };
  }
}

const LIMITS = new Set(["rate-limited", "budget"]);
/** Failures after which the dispatch certainly did not happen. */
const NO_EFFECT = new Set(["unauthorized", "forbidden", "not-found", "rejected", ...LIMITS]);

async function post(order: WorkOrder, inputs: Inputs, ports: Ports, site: Site): Promise<string | undefined> {
  if (inputs.via === "repository_dispatch") {
    await sendRepositoryDispatch(ports.target, ports.targetRepository, {
      type: inputs["event-type"],
      payload: { [WORK_ORDER_KEY]: order },
    });
    return undefined;
  }
  return sendWorkflowDispatch(ports.target, ports.targetRepository, {
    workflow: inputs.workflow,
    ref: site.branch,
    inputs: { [WORK_ORDER_KEY]: JSON.stringify(order) },
    runDetails: !ports.isEnterpriseServer,
  });
}
