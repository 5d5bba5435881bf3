import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { nodes, repositoryReply } from "./repository-query.ts";

/** What became of a deployment: `success`, `inactive`, `failure`, `in_progress`, …; lower case. */
export type DeploymentStatus = { readonly state: string; readonly at: string };

/** A deployment to an environment. */
export type EnvironmentDeployment = {
  readonly sha: string;
  readonly createdAt: string;
  /** Newest first; empty before the first one. */
  readonly statuses: readonly DeploymentStatus[];
};

const statusSchema = z.looseObject({ state: z.string(), createdAt: z.string() });
const deploymentSchema = z.looseObject({
  commitOid: z.string(),
  createdAt: z.string(),
  latestStatus: statusSchema.nullable(),
  statuses: nodes(statusSchema).nullable(),
});
const deploymentsReply = repositoryReply({ deployments: nodes(deploymentSchema) });

const DEPLOYMENTS = `query Deployments($owner: String!, $repo: String!, $environments: [String!]) {
  repository(owner: $owner, name: $repo) {
    deployments(environments: $environments, first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        commitOid
        createdAt
        latestStatus { state createdAt }
        statuses(first: 20) { nodes { state createdAt } }
      }
    }
  }
}`;

/** Reads the newest 50 deployments to an environment, newest first, in one request. Tools differ in how they spell it. */
export async function listDeployments(
  github: GitHub,
  repository: RepositoryName,
  environment: string,
): Promise<EnvironmentDeployment[]> {
  const variables = { ...repository, environments: spell(environment) };
  const { repository: found } = await github.query(DEPLOYMENTS, variables, deploymentsReply);
  return found.deployments.nodes.map(({ commitOid, createdAt, latestStatus, statuses }) => ({
    sha: commitOid,
    createdAt,
    // The newest status is among the list unless there are very many.
    statuses: newestFirst([...(latestStatus ? [latestStatus] : []), ...(statuses?.nodes ?? [])]),
  }));
}

const environmentsReply = repositoryReply({
  deployments: nodes(z.looseObject({ environment: z.string().nullable() })),
});

const ENVIRONMENTS = `query DeployedEnvironments($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    deployments(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { environment }
    }
  }
}`;

/** Names of the environments that the newest 100 deployments went to, the newest first, in one request. */
export async function listDeployedEnvironments(
  github: GitHub,
  repository: RepositoryName,
): Promise<string[]> {
  const { repository: found } = await github.query(ENVIRONMENTS, repository, environmentsReply);
  return [...new Set(found.deployments.nodes.flatMap(({ environment }) => environment ?? []))];
}

const spell = (name: string): string[] => [
  ...new Set([name, name.toLowerCase(), `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`]),
];

function newestFirst(statuses: readonly z.output<typeof statusSchema>[]): DeploymentStatus[] {
  const known = new Map(
    statuses.map(({ state, createdAt }) => [
      `${state} ${createdAt}`,
      { state: state.toLowerCase(), at: createdAt },
    ]),
  );
  // Stable: of two statuses of one second the latest one stands first.
  return [...known.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
