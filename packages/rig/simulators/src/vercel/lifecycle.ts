import { type DispatchEvent, type DispatchType, toDispatchEvent } from "./dispatch-event.ts";
import type { VercelDeployment, VercelProject, VercelWorld } from "./world.ts";

/** Who listens to what Vercel's GitHub app sends. */
export type Emit = (event: DispatchEvent) => void;

/** Brings every deployment to where it must be at `now`, in the order of the clock. */
export function settleDeployments(world: VercelWorld, now: number, emit: Emit): void {
  for (let next = nextDue(world, now); next !== undefined; next = nextDue(world, now)) {
    takeStep(world, next, emit);
  }
}

function nextDue(world: VercelWorld, now: number): VercelDeployment | undefined {
  return [...world.deployments.values()]
    .filter(({ due }) => due !== undefined && due.at <= now)
    .sort((a, b) => (a.due?.at ?? 0) - (b.due?.at ?? 0))[0];
}

function takeStep(world: VercelWorld, deployment: VercelDeployment, emit: Emit): void {
  const project = requireProject(world, deployment);
  const { due, durations } = deployment;
  if (due === undefined) return;
  deployment.due = undefined;
  if (due.step === "build") {
    deployment.state = "BUILDING";
    deployment.buildingAt = due.at;
    deployment.due = { at: due.at + durations.buildMs, step: "end" };
  } else if (due.step === "end") {
    endBuild(project, deployment, due.at, emit);
  } else {
    giveDomains(project, deployment, due.at);
    send(project, deployment, "success", emit);
    send(project, deployment, "promoted", emit);
  }
}

function endBuild(project: VercelProject, deployment: VercelDeployment, at: number, emit: Emit): void {
  const { end, target, durations } = deployment;
  deployment.state = end.state;
  if (end.state !== "READY") {
    send(project, deployment, end.state === "CANCELED" ? "canceled" : "error", emit);
    return;
  }
  deployment.readyAt = at;
  deployment.substate = "STAGED";
  if (target === "production" && project.autoAssign) {
    deployment.due = { at: at + durations.aliasMs, step: "alias" };
  } else {
    send(project, deployment, target === "production" ? "ready" : "success", emit);
  }
}

/** Points the production domains at a deployment: from now on it is what visitors get. */
function giveDomains(project: VercelProject, deployment: VercelDeployment, at: number): void {
  deployment.substate = "PROMOTED";
  deployment.aliasAssignedAt = at;
  project.liveId = deployment.id;
}

/** Promotes a built deployment by hand; it ends a rollback. */
export function promote(world: VercelWorld, deployment: VercelDeployment, now: number, emit: Emit): void {
  const project = requireProject(world, deployment);
  requireReady(deployment, "promoted");
  noteAliasRequest(project, deployment, "promote", now);
  giveDomains(project, deployment, now);
  project.autoAssign = true;
  send(project, deployment, "promoted", emit);
}

/** Instant rollback. Vercel sends no repository_dispatch for it, and keeps later builds STAGED until a promotion. */
export function rollBack(world: VercelWorld, deployment: VercelDeployment, now: number): void {
  const project = requireProject(world, deployment);
  requireReady(deployment, "rolled back to");
  noteAliasRequest(project, deployment, "rollback", now);
  giveDomains(project, deployment, now);
  project.autoAssign = false;
  for (const other of world.deployments.values()) {
    if (other.projectId === project.id && other.due?.step === "alias") other.due = undefined;
  }
}

function noteAliasRequest(
  project: VercelProject,
  to: VercelDeployment,
  type: "promote" | "rollback",
  requestedAt: number,
): void {
  const fromDeploymentId = project.liveId ?? null;
  project.lastAliasRequest = { fromDeploymentId, toDeploymentId: to.id, requestedAt, type };
}

function requireReady(deployment: VercelDeployment, verb: string): void {
  if (deployment.state === "READY") return;
  throw new Error(`Deployment ${deployment.id} is ${deployment.state}; only a READY one can be ${verb}.`);
}

export function send(
  project: VercelProject,
  deployment: VercelDeployment,
  type: DispatchType,
  emit: Emit,
): void {
  if (project.settings.disableRepositoryDispatchEvents || deployment.git === undefined) return;
  emit(toDispatchEvent(project, deployment, deployment.git, type));
}

function requireProject(world: VercelWorld, deployment: VercelDeployment): VercelProject {
  const project = world.projects.get(deployment.projectId);
  if (project === undefined) throw new Error(`There is no project ${deployment.projectId}.`);
  return project;
}
