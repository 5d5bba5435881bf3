import { resolveCommit } from "../code/refs.ts";
import { announce } from "../events.ts";
import type { ActionsRunRecord } from "../records.ts";
import { notFound, unprocessable } from "../refusal.ts";
import type { WriteScope } from "../scope.ts";
import { createRun } from "./runs.ts";
import { findWorkflow, workflowsAt } from "./workflows.ts";

const LONGEST_PAYLOAD = 65_535;
const MOST_INPUTS = 25;

/** Announces `repository_dispatch`. @throws Refusal 422 where type or payload are too large. */
export function dispatchRepository(
  scope: WriteScope,
  request: { readonly eventType: string; readonly clientPayload?: Readonly<Record<string, unknown>> },
): void {
  const payload = request.clientPayload ?? {};
  if (JSON.stringify(payload).length > LONGEST_PAYLOAD) throw unprocessable("client_payload is too large.");
  announce(scope, {
    event: "repository_dispatch",
    action: request.eventType,
    about: () => ({
      branch: scope.repository.defaultBranch,
      client_payload: payload,
      installation: { id: 1, node_id: "" },
    }),
  });
}

/**
 * Announces `workflow_dispatch` and gives the run that is waiting for a runner to take it up.
 * @throws Refusal 404 for an unknown workflow, 422 for a ref without it or inputs that it does not declare.
 */
export function dispatchWorkflow(
  scope: WriteScope,
  request: {
    readonly workflow: string;
    readonly ref: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  },
): ActionsRunRecord {
  const { world, repository, hand } = scope;
  const known = findWorkflow(repository, request.workflow);
  if (known === undefined) throw notFound();
  const headOid = resolveCommit(repository, request.ref);
  if (headOid === undefined) throw unprocessable(`No ref found for: ${request.ref}`);
  const workflow = workflowsAt(repository, headOid).find(({ path }) => path === known.path);
  if (workflow?.triggers.includes("workflow_dispatch") !== true) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  if (known.state !== "active")
    throw unprocessable("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  checkInputs(request.inputs, workflow.dispatchInputs);
  const headBranch = request.ref.replace(/^refs\/heads\//, "");
  const run = createRun(world, repository, {
    workflowPath: known.path,
    event: "workflow_dispatch",
    actor: hand.actor,
    headBranch,
    headOid,
  });
  announce(scope, {
    event: "workflow_dispatch",
    ref: `refs/heads/${headBranch}`,
    sha: headOid,
    workflowPath: known.path,
    runId: run.id,
    about: () => ({ inputs: request.inputs, ref: `refs/heads/${headBranch}`, workflow: known.path }),
  });
  return run;
}

function checkInputs(inputs: Readonly<Record<string, unknown>>, declared: readonly string[]): void {
  const names = Object.keys(inputs);
  const unexpected = names.filter((name) => !declared.includes(name));
  if (unexpected.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  if (names.length > MOST_INPUTS) throw unprocessable(`You may only define up to ${MOST_INPUTS} inputs.`);
  if (JSON.stringify(inputs).length > LONGEST_PAYLOAD) throw unprocessable("inputs are too large.");
}
