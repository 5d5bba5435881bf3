import { omitUndefined } from "@patchpilot/optional";
import { renderDeployment, renderDeploymentStatus } from "../../render/deployment.ts";
import {
  createDeployment,
  listStatuses,
  requireDeployment,
  setDeploymentStatus,
} from "../../state/actions/deployments.ts";
import type { GitHubDeploymentState } from "../../state/records.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { created, okReply, type RestReply } from "../reply.ts";

export const deploymentOperations: RestOperations = {
  "repos/list-deployments": inRepository(
    { deployments: "read" },
    { query: ["sha", "ref", "task", "environment", "per_page", "page"] },
    listDeployments,
  ),
  "repos/get-deployment": inRepository({ deployments: "read" }, {}, (call) => {
    const deployment = requireDeployment(
      call.repository,
      deploymentId(call),
      call.view.version("deployments"),
    );
    return okReply(renderDeployment(call.world, call.repository, deployment));
  }),
  "repos/create-deployment": inRepository(
    { deployments: "write" },
    {
      body: [
        "ref",
        "task",
        "auto_merge",
        "required_contexts",
        "payload",
        "environment",
        "description",
        "transient_environment",
        "production_environment",
      ],
    },
    create,
  ),
  "repos/list-deployment-statuses": inRepository(
    { deployments: "read" },
    { query: ["per_page", "page"] },
    (call) => {
      const version = call.view.version("deployments");
      const { id } = requireDeployment(call.repository, deploymentId(call), version);
      return pageReply(call, listStatuses(call.repository, id, version), (status) =>
        renderDeploymentStatus(call.world, call.repository, status),
      );
    },
  ),
  "repos/create-deployment-status": inRepository(
    { deployments: "write" },
    {
      body: [
        "state",
        "target_url",
        "log_url",
        "description",
        "environment",
        "environment_url",
        "auto_inactive",
      ],
    },
    createStatus,
  ),
};

function deploymentId(call: RepositoryCall): number {
  return readNumber(call.path, "deployment_id");
}

function listDeployments(call: RepositoryCall): RestReply {
  const fits = (name: string, value: unknown): boolean =>
    call.query[name] === undefined || call.query[name] === "none" || call.query[name] === value;
  const deployments = call.repository.deployments
    .list(call.view.version("deployments"))
    .filter(
      ({ oid, ref, task, environment }) =>
        fits("sha", oid) && fits("ref", ref) && fits("task", task) && fits("environment", environment),
    )
    .sort((left, right) => right.id - left.id);
  return pageReply(call, deployments, (deployment) =>
    renderDeployment(call.world, call.repository, deployment),
  );
}

function create(call: RepositoryCall): RestReply {
  const body = call.body as {
    ref: string;
    task?: string;
    payload?: unknown;
    environment?: string;
    description?: string | null;
    transient_environment?: boolean;
    production_environment?: boolean;
  };
  const deployment = createDeployment(call.scope, {
    ...omitUndefined({
      ref: body.ref,
      task: body.task,
      environment: body.environment,
      transientEnvironment: body.transient_environment,
      productionEnvironment: body.production_environment,
    }),
    payload: body.payload,
    description: body.description ?? null,
  });
  return created(renderDeployment(call.world, call.repository, deployment));
}

function createStatus(call: RepositoryCall): RestReply {
  const body = call.body as {
    state: GitHubDeploymentState;
    target_url?: string;
    log_url?: string;
    description?: string;
    environment?: string;
    environment_url?: string;
    auto_inactive?: boolean;
  };
  const status = setDeploymentStatus(
    call.scope,
    omitUndefined({
      deploymentId: deploymentId(call),
      state: body.state,
      logUrl: body.log_url ?? body.target_url,
      description: body.description,
      environment: body.environment,
      environmentUrl: body.environment_url,
      autoInactive: body.auto_inactive,
    }),
  );
  return created(renderDeploymentStatus(call.world, call.repository, status));
}
