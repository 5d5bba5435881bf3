import { deploymentNodeId } from "../../render/deployment.ts";
import { listStatuses } from "../../state/actions/deployments.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { connectInOrder, PAGING } from "../connection.ts";
import { fields, type ResolverTable, taking } from "../resolver.ts";
import {
  actorSource,
  type DeploymentSource,
  type DeploymentStatusSource,
  deploymentStatusSource,
  objectSource,
  refSource,
  repositorySource,
} from "../sources.ts";

export const deploymentFields: ResolverTable = {
  ...fields<DeploymentSource>("Deployment", {
    id: ({ repository, record }) => deploymentNodeId(repository, record),
    databaseId: ({ record }) => record.id,
    commitOid: ({ record }) => record.oid,
    commit: ({ repository, record }) => objectSource(repository, record.oid),
    environment: ({ record }) => record.environment,
    originalEnvironment: ({ record }) => record.environment,
    latestEnvironment: ({ record }) => record.environment,
    task: ({ record }) => record.task,
    description: ({ record }) => record.description,
    payload: ({ record }) => JSON.stringify(record.payload),
    creator: ({ record }) => actorSource(record.creator),
    createdAt: ({ record }) => record.createdAt,
    updatedAt: ({ record }) => record.updatedAt,
    repository: ({ repository }) => repositorySource(repository),
    ref: ({ repository, record }, _, { view }) => {
      const name = `refs/heads/${record.ref}`;
      const oid = repository.git.refs.get(name, view.version("refs"));
      return oid === undefined ? null : refSource(repository, { name, oid });
    },
    state: ({ repository, record }, _, { view }) => {
      const state = listStatuses(repository, record.id, view.version("deployments"))[0]?.state ?? "pending";
      return state === "success" ? "ACTIVE" : state.toUpperCase();
    },
    latestStatus: ({ repository, record }, _, { view }) => {
      const [latest] = listStatuses(repository, record.id, view.version("deployments"));
      return latest === undefined ? null : deploymentStatusSource(repository, latest);
    },
    statuses: taking(PAGING, ({ repository, record }, args, { view }) =>
      connectInOrder(listStatuses(repository, record.id, view.version("deployments")), args, (status) =>
        deploymentStatusSource(repository, status),
      ),
    ),
  }),
  ...fields<DeploymentStatusSource>("DeploymentStatus", {
    id: ({ repository, record }) => encodeNodeId("DES", repository.id, record.id),
    state: ({ record }) => record.state.toUpperCase(),
    environment: ({ record }) => record.environment,
    environmentUrl: ({ record }) => (record.environmentUrl === "" ? null : record.environmentUrl),
    logUrl: ({ record }) => (record.logUrl === "" ? null : record.logUrl),
    description: ({ record }) => record.description,
    creator: ({ record }) => actorSource(record.creator),
    createdAt: ({ record }) => record.createdAt,
    updatedAt: ({ record }) => record.createdAt,
  }),
};
