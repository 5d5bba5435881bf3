import type { Workflow } from "@patchpilot/workflow";
import { readDispatchInputs } from "../event/dispatch-inputs.ts";
import type { WorkflowEvent } from "../event/workflow-event.ts";
import { evaluateText } from "../expression/evaluate.ts";
import { toDictionary, toExpressionData } from "../expression/expression-data.ts";
import type { Host } from "../host.ts";
import type { ConcurrencyGroups } from "./concurrency.ts";
import { completePayload, defaultTitle, githubContext, isFromFork } from "./github-context.ts";
import type { RunRecord } from "./records.ts";
import { type RunPlan, runScope } from "./run-plan.ts";

export type RunSeed = {
  readonly host: Host;
  readonly groups: ConcurrencyGroups;
  readonly workflow: Workflow;
  readonly event: WorkflowEvent;
  readonly id: number;
  readonly number: number;
  readonly ref: string;
  readonly headSha: string;
  readonly depth: number;
};

/**
 * Makes a queued run of a workflow for an event.
 * @throws Error with GitHub's reason where the inputs of a workflow_dispatch are wrong
 */
export function planRun(seed: RunSeed): RunPlan {
  const { host, workflow, event } = seed;
  const isDispatch = event.event === "workflow_dispatch";
  const given = isDispatch ? readDispatchInputs(workflow, event.inputs ?? {}) : { contexts: {}, event: {} };
  const completed = completePayload(event, host.repository, host.urls);
  const dispatched = { ref: seed.ref, workflow: `.github/workflows/${workflow.file}` };
  const payload = isDispatch ? { ...dispatched, ...completed, inputs: given.event } : completed;
  const context = {
    event: toExpressionData(payload),
    inputs: toDictionary(given.contexts),
    vars: toDictionary(host.vars),
  };
  const untitled = openRecord(seed, payload);
  const github = githubContext(untitled, workflow, host.repository, host.urls);
  const named = evaluateText(workflow.runName, runScope(context, github)).trim();
  const title = named === "" ? defaultTitle(event.event, payload, workflow) : named;
  return {
    host,
    groups: seed.groups,
    workflow,
    record: { ...untitled, title },
    ...context,
    ...secretsFor(isFromFork(payload), host),
    called: new Map(),
    outcomes: new Map(),
    cancellation: new AbortController(),
    depth: seed.depth,
  };
}

/** A fork's pull request gets none. */
function secretsFor(fromFork: boolean, host: Host): Pick<RunPlan, "fromFork" | "secrets"> {
  return { fromFork, secrets: fromFork ? {} : host.secrets };
}

function openRecord(seed: RunSeed, payload: Readonly<Record<string, unknown>>): RunRecord {
  const { workflow, event } = seed;
  return {
    id: seed.id,
    number: seed.number,
    attempt: 1,
    workflow: { file: workflow.file, name: workflow.name },
    title: "",
    event: event.event,
    payload,
    actor: event.actor,
    triggeringActor: event.actor,
    headSha: seed.headSha,
    ref: seed.ref,
    status: "queued",
    conclusion: undefined,
    startupError: undefined,
    jobs: [],
    createdAt: seed.host.now(),
    startedAt: undefined,
    completedAt: undefined,
  };
}
