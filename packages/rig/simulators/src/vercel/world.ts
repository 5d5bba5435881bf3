/** Vercel's words for where a build stands. READY means built, not live. */
type ReadyState =
  | "QUEUED"
  | "INITIALIZING"
  | "BUILDING"
  | "READY"
  | "ERROR"
  | "CANCELED"
  | "BLOCKED"
  | "DELETED";

/** Of a READY deployment: whether production traffic ever reached it. */
type ReadySubstate = "STAGED" | "ROLLING" | "PROMOTED";

/** How a build is going to end; told at the start, reached by the clock. */
export type BuildEnd =
  | { readonly state: "READY" }
  | { readonly state: "ERROR"; readonly errorCode: string; readonly errorMessage: string }
  | { readonly state: "CANCELED"; readonly errorMessage?: string }
  | { readonly state: "BLOCKED"; readonly blockCode: "TEAM_ACCESS_REQUIRED" | "COMMIT_AUTHOR_REQUIRED" };

export type GitCommit = {
  readonly sha: string;
  readonly ref: string;
  readonly message: string;
  /** owner/name on GitHub. */
  readonly repository: string;
  readonly isVerified: boolean;
};

export type VercelDeployment = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly target: "production" | null;
  /** Absent for a deployment made by command line or API. */
  readonly git: GitCommit | undefined;
  readonly end: BuildEnd;
  readonly durations: BuildDurations;
  readonly createdAt: number;
  state: ReadyState;
  substate: ReadySubstate | undefined;
  buildingAt: number | undefined;
  readyAt: number | undefined;
  aliasAssignedAt: number | undefined;
  /** The next step that the clock will bring. */
  due: { readonly at: number; readonly step: "build" | "end" | "alias" } | undefined;
};

/** Milliseconds of the virtual clock from one step to the next. */
export type BuildDurations = { readonly queueMs: number; readonly buildMs: number; readonly aliasMs: number };

type AliasRequest = {
  readonly fromDeploymentId: string | null;
  readonly toDeploymentId: string;
  readonly requestedAt: number;
  readonly type: "promote" | "rollback";
};

export type VercelProject = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly domains: readonly string[];
  liveId: string | undefined;
  lastAliasRequest: AliasRequest | undefined;
  /** After a rollback, Vercel stops giving the production domains to new builds until the next promotion. */
  autoAssign: boolean;
  settings: ProjectSettings;
};

export type ProjectSettings = {
  /** Absent: as the team has it. */
  readonly requireVerifiedCommits?: boolean;
  readonly createDeployments: "enabled" | "disabled";
  readonly disableRepositoryDispatchEvents?: boolean;
};

export type VercelTeam = { readonly id: string; readonly slug: string };

/** Everything that the simulated Vercel knows. */
export type VercelWorld = {
  readonly token: string;
  /** The team that owns the projects; undefined: the token's own account. */
  readonly team: VercelTeam | undefined;
  readonly projects: Map<string, VercelProject>;
  readonly deployments: Map<string, VercelDeployment>;
};

/** Vercel's accounts look like this where no team owns a project. */
export const PERSONAL_ACCOUNT = "usr_simulated";

/** An id of Vercel's shape: prefix and 28 letters or digits. */
export const makeId = (prefix: "dpl" | "prj", number: number): string =>
  `${prefix}_${number.toString(36).padStart(28, "0")}`;

/** Finds a project by id or name, as every route of Vercel allows. */
export function findVercelProject(world: VercelWorld, idOrName: string): VercelProject | undefined {
  const byId = world.projects.get(idOrName);
  return byId ?? [...world.projects.values()].find(({ name }) => name === idOrName);
}

/** A project's deployments, newest first. */
export function listProjectDeployments(world: VercelWorld, projectId: string): VercelDeployment[] {
  return [...world.deployments.values()]
    .filter((deployment) => deployment.projectId === projectId)
    .sort((a, b) => b.createdAt - a.createdAt);
}
