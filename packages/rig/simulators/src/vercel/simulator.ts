import type { VirtualClock } from "../clock.ts";
import { type Simulator, simulate } from "../simulator.ts";
import type { DispatchEvent } from "./dispatch-event.ts";
import { promote, rollBack, send, settleDeployments } from "./lifecycle.ts";
import { createVercelRoutes, type RetiredVersion } from "./routes.ts";
import {
  type BuildDurations,
  type BuildEnd,
  findVercelProject,
  listProjectDeployments,
  makeId,
  type ProjectSettings,
  type VercelDeployment,
  type VercelProject,
  type VercelTeam,
  type VercelWorld,
} from "./world.ts";

export type VercelOptions = {
  readonly clock: VirtualClock;
  /** The only token that is accepted. */
  readonly token: string;
  /** Owner of all projects; absent: the token's own account. */
  readonly team?: VercelTeam;
  /** Told what Vercel's GitHub app posts to the repository, when the clock reaches it. */
  readonly onEvent?: (event: DispatchEvent) => void;
  readonly retired?: readonly RetiredVersion[];
};

export type NewProject = {
  readonly name: string;
  readonly domains?: readonly string[];
  readonly settings?: Partial<ProjectSettings>;
};

export type NewDeployment = {
  /** Project id or name. */
  readonly project: string;
  /** Absent: made by command line, so Vercel knows no commit. */
  readonly git?: {
    readonly sha: string;
    readonly repository: string;
    readonly ref?: string;
    readonly message?: string;
    /** Whether GitHub shows the commit as verified. Default true. */
    readonly isVerified?: boolean;
  };
  /** Default "production". */
  readonly target?: "production" | "preview";
  readonly end?: BuildEnd;
  readonly durations?: Partial<BuildDurations>;
};

/** A simulated Vercel: its API, and the hands of those who deploy, promote and roll back. */
export type VercelSimulator = Simulator & {
  /** Requests that no real caller may send; a test ends by expecting none. */
  readonly violations: readonly string[];
  readonly createProject: (project: NewProject) => VercelProject;
  readonly changeSettings: (project: string, settings: Partial<ProjectSettings>) => void;
  /** Starts a build; undefined where Vercel creates no deployment, as the commit is not verified. */
  readonly deploy: (deployment: NewDeployment) => VercelDeployment | undefined;
  readonly promote: (deploymentId: string) => void;
  readonly rollBack: (deploymentId: string) => void;
  /** The deployment that visitors of a project get. */
  readonly liveOf: (project: string) => VercelDeployment | undefined;
  /** Applies what has become due since the clock moved. Every request and every call here does it too. */
  readonly tick: () => void;
};

const DURATIONS: BuildDurations = { queueMs: 2_000, buildMs: 60_000, aliasMs: 1_000 };

/** Makes a simulated Vercel on the shared clock. */
export function createVercelSimulator(options: VercelOptions): VercelSimulator {
  const { clock, token, team, onEvent = () => undefined } = options;
  const world: VercelWorld = { token, team, projects: new Map(), deployments: new Map() };
  const violations: string[] = [];
  const routes = createVercelRoutes(world, new Set(options.retired ?? []), (what) => violations.push(what));
  const tick = (): void => settleDeployments(world, clock.now(), onEvent);
  const wire = simulate({
    clock,
    handle: async (request) => {
      tick();
      return routes.fetch(request);
    },
    operationOf: ({ method, path }) => nameOperation(method, path),
  });
  return Object.assign(wire, {
    violations,
    tick,
    createProject: (project: NewProject) => addProject(world, project, clock.now()),
    changeSettings: (project: string, settings: Partial<ProjectSettings>) => {
      const found = requireProject(world, project);
      found.settings = { ...found.settings, ...settings };
    },
    deploy: (deployment: NewDeployment) => {
      tick();
      return startDeployment(world, deployment, clock.now(), onEvent);
    },
    promote: (deploymentId: string) => {
      tick();
      promote(world, requireDeployment(world, deploymentId), clock.now(), onEvent);
    },
    rollBack: (deploymentId: string) => {
      tick();
      rollBack(world, requireDeployment(world, deploymentId), clock.now());
    },
    liveOf: (project: string) => {
      tick();
      return world.deployments.get(requireProject(world, project).liveId ?? "");
    },
  });
}

function addProject(world: VercelWorld, project: NewProject, createdAt: number): VercelProject {
  const { name, domains = [`${name}.vercel.app`], settings = {} } = project;
  const added: VercelProject = {
    id: makeId("prj", world.projects.size + 1),
    name,
    createdAt,
    domains,
    liveId: undefined,
    lastAliasRequest: undefined,
    autoAssign: true,
    settings: { createDeployments: "enabled", ...settings },
  };
  world.projects.set(added.id, added);
  return added;
}

function startDeployment(
  world: VercelWorld,
  wanted: NewDeployment,
  now: number,
  emit: (event: DispatchEvent) => void,
): VercelDeployment | undefined {
  const project = requireProject(world, wanted.project);
  const git = wanted.git && { ref: "main", message: "", isVerified: true, ...wanted.git };
  if (project.settings.requireVerifiedCommits && git && !git.isVerified) return undefined;
  const id = makeId("dpl", world.deployments.size + 1);
  const durations = { ...DURATIONS, ...wanted.durations };
  const newest = listProjectDeployments(world, project.id)[0];
  // Paging is by time of creation, so no two deployments of a project may share one.
  const createdAt = Math.max(now, (newest?.createdAt ?? 0) + 1);
  const deployment: VercelDeployment = {
    id,
    projectId: project.id,
    url: `${project.name}-${id.slice(-9)}.vercel.app`,
    target: wanted.target === "preview" ? null : "production",
    git,
    end: wanted.end ?? { state: "READY" },
    durations,
    createdAt,
    state: "QUEUED",
    substate: undefined,
    buildingAt: undefined,
    readyAt: undefined,
    aliasAssignedAt: undefined,
    due: { at: createdAt + durations.queueMs, step: "build" },
  };
  world.deployments.set(id, deployment);
  blockAtOnce(deployment);
  send(project, deployment, deployment.state === "BLOCKED" ? "failed" : "pending", emit);
  return deployment;
}

/** A blocked deployment never reaches the queue. */
function blockAtOnce(deployment: VercelDeployment): void {
  if (deployment.end.state !== "BLOCKED") return;
  deployment.state = "BLOCKED";
  deployment.due = undefined;
}

function requireProject(world: VercelWorld, idOrName: string): VercelProject {
  const project = findVercelProject(world, idOrName);
  if (project === undefined) throw new Error(`The simulated Vercel has no project ${idOrName}.`);
  return project;
}

function requireDeployment(world: VercelWorld, id: string): VercelDeployment {
  const deployment = world.deployments.get(id);
  if (deployment === undefined) throw new Error(`The simulated Vercel has no deployment ${id}.`);
  return deployment;
}

/** Operation ids of Vercel's own API description. */
function nameOperation(method: string, path: string): string {
  if (method !== "GET") return `${method} ${path.split("?")[0]}`;
  if (/^\/v9\/projects\/[^/]+$/.test(path.split("?")[0] ?? "")) return "getProject";
  if (/^\/v[67]\/deployments(\?|$)/.test(path)) return "getDeployments";
  if (path.startsWith("/v13/deployments/")) return "getDeployment";
  return `${method} ${path.split("?")[0]}`;
}
