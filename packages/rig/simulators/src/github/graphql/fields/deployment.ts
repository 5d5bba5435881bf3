import { listStatuses } from "../../state/actions/deployments.ts";
import { connectInOrder, PAGING } from "../connection.ts";
import { fields, type ResolverContext, type ResolverTable, taking } from "../resolver.ts";
import { type DeploymentSource, type DeploymentStatusSource, deploymentStatusSource } from "../sources.ts";

export const deploymentFields: ResolverTable = {
  ...fields<DeploymentSource>("Deployment", {
    environment: ({ record }) => record.environment,
    commitOid: ({ record }) => record.oid,
    createdAt: ({ record }) => record.createdAt,
    latestStatus: (source, _, context) => statuses(source, context)[0] ?? null,
    statuses: taking(PAGING, (source, args, context) =>
      connectInOrder(statuses(source, context), args, (status) => status),
    ),
  }),
  ...fields<DeploymentStatusSource>("DeploymentStatus", {
    state: ({ record }) => record.state.toUpperCase(),
    createdAt: ({ record }) => record.createdAt,
  }),
};

function statuses({ repository, record }: DeploymentSource, { view }: ResolverContext) {
  return listStatuses(repository, record.id, view.version("deployments")).map((status) =>
    deploymentStatusSource(repository, status),
  );
}
