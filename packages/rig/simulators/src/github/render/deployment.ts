import { encodeNodeId } from "../state/node-id.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { apiUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

export function renderDeployment(
  world: GitHubState,
  repository: Repository,
  deployment: DeploymentRecord,
): object {
  const url = `${apiUrl(world, repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: deploymentNodeId(repository, deployment),
    task: deployment.task,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: apiUrl(world, repository),
    creator: renderUser(world, deployment.creator),
    sha: deployment.oid,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.transientEnvironment,
    production_environment: deployment.productionEnvironment,
    performed_via_github_app: null,
  };
}

export function renderDeploymentStatus(
  world: GitHubState,
  repository: Repository,
  status: DeploymentStatusRecord,
): object {
  const deployment = `${apiUrl(world, repository)}/deployments/${status.deploymentId}`;
  return {
    url: `${deployment}/statuses/${status.id}`,
    id: status.id,
    node_id: encodeNodeId("DES", repository.id, status.id),
    state: status.state,
    creator: renderUser(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: deployment,
    repository_url: apiUrl(world, repository),
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: null,
  };
}

function deploymentNodeId(repository: Repository, deployment: DeploymentRecord): string {
  return encodeNodeId("DE", repository.id, deployment.id);
}
