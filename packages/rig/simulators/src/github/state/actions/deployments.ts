import { renderDeployment, renderDeploymentStatus } from "../../render/deployment.ts";
import { resolveCommit } from "../code/refs.ts";
import { announce } from "../events.ts";
import type { DeploymentRecord, DeploymentStatusRecord, GitHubDeploymentState } from "../records.ts";
import { notFound, unprocessable } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";

export type DeploymentRequest = {
  /** A branch, a tag or an oid. */
  readonly ref: string;
  readonly environment?: string;
  readonly task?: string;
  readonly description?: string | null;
  readonly payload?: unknown;
  /** By default true for the environment `production`. */
  readonly productionEnvironment?: boolean;
  readonly transientEnvironment?: boolean;
};

export function requireDeployment(repository: Repository, id: number, version?: number): DeploymentRecord {
  const deployment = repository.deployments.get(id, version);
  if (deployment === undefined) throw notFound();
  return deployment;
}

export function createDeployment(scope: WriteScope, request: DeploymentRequest): DeploymentRecord {
  const { world, repository, hand } = scope;
  const oid = resolveCommit(repository, request.ref);
  if (oid === undefined) throw unprocessable(`No ref found for: ${request.ref}`);
  const environment = request.environment ?? "production";
  const now = world.now();
  const deployment: DeploymentRecord = {
    id: world.takeId(),
    oid,
    ref: request.ref,
    environment,
    productionEnvironment: request.productionEnvironment ?? environment.toLowerCase() === "production",
    transientEnvironment: request.transientEnvironment ?? false,
    task: request.task ?? "deploy",
    description: request.description ?? null,
    payload: request.payload ?? {},
    creator: hand.actor,
    createdAt: now,
    updatedAt: now,
  };
  repository.deployments.set(deployment.id, deployment);
  announce(scope, {
    event: "deployment",
    action: "created",
    ...place(deployment),
    about: () => ({
      deployment: renderDeployment(world, repository, deployment),
      workflow: null,
      workflow_run: null,
    }),
  });
  return deployment;
}

export type DeploymentStatusRequest = {
  readonly deploymentId: number;
  readonly state: GitHubDeploymentState;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
  readonly description?: string;
  readonly environment?: string;
  /** Whether a success makes earlier deployments of an environment inactive that is not production. Default true. */
  readonly autoInactive?: boolean;
};

/** Adds a status and announces it. One that says `inactive` starts no workflow. */
export function setDeploymentStatus(
  scope: WriteScope,
  request: DeploymentStatusRequest,
): DeploymentStatusRecord {
  const { world, repository } = scope;
  const deployment = requireDeployment(repository, request.deploymentId);
  const status = addStatus(scope, deployment, request);
  if (request.state === "success" && request.autoInactive !== false) retireOthers(scope, deployment);
  announce(scope, {
    event: "deployment_status",
    action: "created",
    startsNothing: status.state === "inactive",
    ...place(deployment),
    about: () => ({
      deployment_status: renderDeploymentStatus(world, repository, status),
      deployment: renderDeployment(world, repository, deployment),
      check_run: null,
      workflow: null,
      workflow_run: null,
    }),
  });
  return status;
}

/** Statuses of one deployment, newest first. */
export function listStatuses(repository: Repository, id: number, version?: number): DeploymentStatusRecord[] {
  return repository.deploymentStatuses.listGroup(id, version).reverse();
}

function addStatus(
  { world, repository, hand }: WriteScope,
  deployment: DeploymentRecord,
  request: Omit<DeploymentStatusRequest, "deploymentId">,
): DeploymentStatusRecord {
  const now = world.now();
  const status: DeploymentStatusRecord = {
    id: world.takeId(),
    deploymentId: deployment.id,
    state: request.state,
    environment: request.environment ?? deployment.environment,
    environmentUrl: request.environmentUrl ?? "",
    logUrl: request.logUrl ?? "",
    description: request.description ?? "",
    creator: hand.actor,
    createdAt: now,
  };
  repository.deployments.set(deployment.id, { ...deployment, updatedAt: now });
  return repository.deploymentStatuses.set(status.id, status);
}

function retireOthers(scope: WriteScope, deployment: DeploymentRecord): void {
  for (const other of scope.repository.deployments.list()) {
    if (other.id === deployment.id || other.environment !== deployment.environment) continue;
    if (other.transientEnvironment || other.productionEnvironment) continue;
    const [latest] = listStatuses(scope.repository, other.id);
    if (latest?.state === "success") addStatus(scope, other, { state: "inactive" });
  }
}

function place(deployment: DeploymentRecord): { ref: string; sha: string } {
  const isOid = deployment.ref === deployment.oid;
  return { ref: isOid ? "" : `refs/heads/${deployment.ref}`, sha: deployment.oid };
}
