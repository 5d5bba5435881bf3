import {
  listProjectDeployments,
  PERSONAL_ACCOUNT,
  type VercelDeployment,
  type VercelProject,
  type VercelWorld,
} from "./world.ts";

// Fields that Vercel's schema requires and PatchPilot never reads.
const CREATOR = { uid: PERSONAL_ACCOUNT, username: "deployer", email: "deployer@example.com" };
const RESOURCES = { functionDefaultRegions: ["iad1"] };

/** `GET /v9/projects/{idOrName}` */
export function vercelProjectReply(world: VercelWorld, project: VercelProject): object {
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
    latestDeployments: listProjectDeployments(world, project.id)
      .slice(0, 5)
      .map((deployment) => targetReply(world, project, deployment)),
    live: false,
    targets: live ? { production: targetReply(world, project, live) } : {},
  };
}

/** The short form of a deployment inside a project. */
function targetReply(world: VercelWorld, project: VercelProject, deployment: VercelDeployment): object {
  return {
    ...fieldsEverywhere(project, deployment),
    id: deployment.id,
    deploymentHostname: deployment.url,
    createdIn: "iad1",
    creator: CREATOR,
    plan: "pro",
    private: true,
    teamId: world.team?.id ?? null,
    userId: PERSONAL_ACCOUNT,
    alias: listAliases(project, deployment),
    aliasAssigned: deployment.aliasAssignedAt ?? null,
    ...renderTimes(deployment),
  };
}

/** One row of `GET /v6/deployments` and `GET /v7/deployments`. */
export function listedReply(project: VercelProject, deployment: VercelDeployment): object {
  const wasLive = deployment.substate === "PROMOTED";
  return {
    ...ownFields(project, deployment),
    uid: deployment.id,
    created: deployment.createdAt,
    state: deployment.state,
    creator: CREATOR,
    aliasAssigned: deployment.aliasAssignedAt ?? null,
    isRollbackCandidate: wasLive && project.liveId !== deployment.id,
    ...(deployment.buildingAt ? { buildingAt: deployment.buildingAt } : {}),
  };
}

/** `GET /v13/deployments/{idOrUrl}` for its owner. */
export function vercelDeploymentReply(
  world: VercelWorld,
  project: VercelProject,
  deployment: VercelDeployment,
): object {
  return {
    ...ownFields(project, deployment),
    id: deployment.id,
    project: { id: project.id, name: project.name, framework: null },
    alias: listAliases(project, deployment),
    aliasAssigned: deployment.aliasAssignedAt !== undefined,
    aliasAssignedAt: deployment.aliasAssignedAt ?? null,
    bootedAt: deployment.createdAt,
    build: { env: [] },
    buildingAt: deployment.buildingAt ?? deployment.createdAt,
    buildSkipped: false,
    createdIn: "iad1",
    creator: { uid: CREATOR.uid, username: CREATOR.username },
    env: [],
    isInConcurrentBuildsQueue: false,
    isInSystemBuildsQueue: false,
    ownerId: world.team?.id ?? PERSONAL_ACCOUNT,
    plan: "pro",
    projectSettings: {},
    public: false,
    status: deployment.state,
    regions: ["iad1"],
    routes: null,
    version: 2,
  };
}

/** What a deployment shows everywhere. */
function fieldsEverywhere(project: VercelProject, deployment: VercelDeployment): object {
  const { url, createdAt, state, target, substate } = deployment;
  return {
    ...{ url, createdAt, target },
    name: project.name,
    meta: renderMeta(deployment),
    readyState: state,
    type: "LAMBDAS",
    ...(substate ? { readySubstate: substate } : {}),
  };
}

/** What it shows in the list and alone. */
function ownFields(project: VercelProject, deployment: VercelDeployment): object {
  return {
    ...fieldsEverywhere(project, deployment),
    projectId: project.id,
    inspectorUrl: inspectorPage(project, deployment),
    source: deployment.git ? "git" : "cli",
    aliasError: null,
    ...(deployment.readyAt ? { ready: deployment.readyAt } : {}),
    ...renderEnd(deployment),
  };
}

function renderTimes({ buildingAt, readyAt }: VercelDeployment): object {
  return { ...(buildingAt ? { buildingAt } : {}), ...(readyAt ? { readyAt } : {}) };
}

function renderEnd({ state, end, git }: VercelDeployment): object {
  const attribution = git ? { attribution: { commitMeta: { isVerified: git.isVerified } } } : {};
  if (state !== end.state) return attribution;
  if (end.state === "ERROR")
    return { ...attribution, errorCode: end.errorCode, errorMessage: end.errorMessage };
  if (end.state === "CANCELED" && end.errorMessage) return { ...attribution, errorMessage: end.errorMessage };
  if (end.state !== "BLOCKED") return attribution;
  const isVerified = git?.isVerified ?? false;
  return { ...attribution, seatBlock: { blockCode: end.blockCode, gitProvider: "github", isVerified } };
}

function renderMeta({ git }: VercelDeployment): Record<string, string> {
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

function listAliases(project: VercelProject, deployment: VercelDeployment): readonly string[] {
  return project.liveId === deployment.id ? project.domains : [];
}

const inspectorPage = (project: VercelProject, { id }: VercelDeployment): string =>
  `https://vercel.com/deployer/${project.name}/${id.replace("dpl_", "")}`;
