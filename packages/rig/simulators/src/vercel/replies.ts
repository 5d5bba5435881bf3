import {
  deploymentsOf,
  PERSONAL_ACCOUNT,
  type VercelDeployment,
  type VercelProject,
  type VercelWorld,
} from "./world.ts";

// Fields that Vercel's schema requires and PatchPilot never reads.
const CREATOR = { uid: PERSONAL_ACCOUNT, username: "deployer", email: "deployer@example.com" };
const RESOURCES = { functionDefaultRegions: ["iad1"] };

/** `GET /v9/projects/{idOrName}` */
export function projectReply(world: VercelWorld, project: VercelProject): object {
  const live = project.liveId === undefined ? undefined : world.deployments.get(project.liveId);
  return {
    id: project.id,
    name: project.name,
    accountId: world.team?.id ?? PERSONAL_ACCOUNT,
    createdAt: project.createdAt,
    alias: project.domains.map((domain) => ({
      domain,
      environment: "production",
      target: "PRODUCTION",
      deployment: null,
    })),
    autoAssignCustomDomains: project.autoAssign,
    defaultResourceConfig: RESOURCES,
    resourceConfig: RESOURCES,
    deploymentExpiration: {},
    directoryListing: false,
    framework: null,
    nodeVersion: "24.x",
    gitProviderOptions: project.settings,
    lastAliasRequest: project.lastAliasRequest
      ? { ...project.lastAliasRequest, jobStatus: "succeeded" }
      : null,
    lastRollbackTarget: project.autoAssign ? null : {},
    latestDeployments: deploymentsOf(world, project.id)
      .slice(0, 5)
      .map((deployment) => targetReply(world, project, deployment)),
    live: false,
    targets: live ? { production: targetReply(world, project, live) } : {},
  };
}

/** The short form of a deployment inside a project. */
function targetReply(world: VercelWorld, project: VercelProject, deployment: VercelDeployment): object {
  return {
    id: deployment.id,
    name: project.name,
    url: deployment.url,
    deploymentHostname: deployment.url,
    createdAt: deployment.createdAt,
    createdIn: "iad1",
    creator: CREATOR,
    meta: readMeta(deployment),
    plan: "pro",
    private: true,
    readyState: deployment.state,
    target: deployment.target,
    teamId: world.team?.id ?? null,
    type: "LAMBDAS",
    userId: PERSONAL_ACCOUNT,
    alias: aliasesOf(project, deployment),
    aliasAssigned: deployment.aliasAssignedAt ?? null,
    ...timesOf(deployment),
    ...(deployment.substate ? { readySubstate: deployment.substate } : {}),
  };
}

/** One row of `GET /v6/deployments` and `GET /v7/deployments`. */
export function listedReply(project: VercelProject, deployment: VercelDeployment): object {
  const wasLive = deployment.substate === "PROMOTED";
  return {
    uid: deployment.id,
    name: project.name,
    projectId: project.id,
    url: deployment.url,
    inspectorUrl: inspectorUrlOf(project, deployment),
    created: deployment.createdAt,
    createdAt: deployment.createdAt,
    state: deployment.state,
    readyState: deployment.state,
    target: deployment.target,
    type: "LAMBDAS",
    source: deployment.git ? "git" : "cli",
    creator: CREATOR,
    meta: readMeta(deployment),
    aliasAssigned: deployment.aliasAssignedAt ?? null,
    aliasError: null,
    isRollbackCandidate: wasLive && project.liveId !== deployment.id,
    ...(deployment.buildingAt ? { buildingAt: deployment.buildingAt } : {}),
    ...(deployment.readyAt ? { ready: deployment.readyAt } : {}),
    ...(deployment.substate ? { readySubstate: deployment.substate } : {}),
    ...endFieldsOf(deployment),
  };
}

/** `GET /v13/deployments/{idOrUrl}` for its owner. */
export function deploymentReply(
  world: VercelWorld,
  project: VercelProject,
  deployment: VercelDeployment,
): object {
  return {
    id: deployment.id,
    name: project.name,
    projectId: project.id,
    project: { id: project.id, name: project.name, framework: null },
    url: deployment.url,
    inspectorUrl: inspectorUrlOf(project, deployment),
    alias: aliasesOf(project, deployment),
    aliasAssigned: deployment.aliasAssignedAt !== undefined,
    aliasAssignedAt: deployment.aliasAssignedAt ?? null,
    aliasError: null,
    bootedAt: deployment.createdAt,
    build: { env: [] },
    buildingAt: deployment.buildingAt ?? deployment.createdAt,
    buildSkipped: false,
    createdAt: deployment.createdAt,
    createdIn: "iad1",
    creator: { uid: CREATOR.uid, username: CREATOR.username },
    env: [],
    isInConcurrentBuildsQueue: false,
    isInSystemBuildsQueue: false,
    meta: readMeta(deployment),
    ownerId: world.team?.id ?? PERSONAL_ACCOUNT,
    plan: "pro",
    projectSettings: {},
    public: false,
    readyState: deployment.state,
    status: deployment.state,
    regions: ["iad1"],
    routes: null,
    source: deployment.git ? "git" : "cli",
    target: deployment.target,
    type: "LAMBDAS",
    version: 2,
    ...(deployment.readyAt ? { ready: deployment.readyAt } : {}),
    ...(deployment.substate ? { readySubstate: deployment.substate } : {}),
    ...endFieldsOf(deployment),
  };
}

function timesOf({ buildingAt, readyAt }: VercelDeployment): object {
  return { ...(buildingAt ? { buildingAt } : {}), ...(readyAt ? { readyAt } : {}) };
}

function endFieldsOf({ state, end, git }: VercelDeployment): object {
  const attribution = git ? { attribution: { commitMeta: { isVerified: git.isVerified } } } : {};
  if (state !== end.state) return attribution;
  if (end.state === "ERROR")
    return { ...attribution, errorCode: end.errorCode, errorMessage: end.errorMessage };
  if (end.state === "CANCELED" && end.errorMessage) return { ...attribution, errorMessage: end.errorMessage };
  if (end.state !== "BLOCKED") return attribution;
  const isVerified = git?.isVerified ?? false;
  return { ...attribution, seatBlock: { blockCode: end.blockCode, gitProvider: "github", isVerified } };
}

function readMeta({ git }: VercelDeployment): Record<string, string> {
  if (git === undefined) return {};
  const [githubOrg = "", githubRepo = ""] = git.repository.split("/");
  return {
    githubDeployment: "1",
    githubOrg,
    githubRepo,
    githubCommitOrg: githubOrg,
    githubCommitRepo: githubRepo,
    githubCommitRef: git.ref,
    githubCommitSha: git.sha,
    githubCommitMessage: git.message,
  };
}

function aliasesOf(project: VercelProject, deployment: VercelDeployment): readonly string[] {
  return project.liveId === deployment.id ? project.domains : [];
}

const inspectorUrlOf = (project: VercelProject, { id }: VercelDeployment): string =>
  `https://vercel.com/deployer/${project.name}/${id.replace("dpl_", "")}`;
