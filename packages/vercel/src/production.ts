import { readCommit, toDate } from "./deployment.ts";
import type { ProjectReply } from "./replies.ts";

/** The deployment that visitors get now. */
export type LiveDeployment = {
  readonly id: string;
  readonly sha: string | undefined;
  readonly branch: string | undefined;
  /** When visitors began to get it: at its release, or at the rollback or promotion that brought it back. */
  readonly liveSince: Date | undefined;
};

/** A rollback that still holds: new builds are made, but not shown to visitors. */
export type Rollback = {
  readonly at: Date | undefined;
  /** What was taken away from visitors. */
  readonly fromId: string | undefined;
  readonly toId: string;
};

/** What a Vercel project says about production. */
export type VercelProduction = {
  readonly projectId: string;
  readonly projectName: string;
  /** Undefined: nothing has gone live yet. */
  readonly live: LiveDeployment | undefined;
  readonly rollback: Rollback | undefined;
  /** False: a person promotes every build. */
  readonly promotesItself: boolean;
  /** What in the project's settings gets in PatchPilot's way, a sentence each, with its remedy. */
  readonly notices: readonly string[];
};

/** Reads a project: what is live, whether a rollback holds, which settings get in the way. */
export function readProduction(reply: ProjectReply): VercelProduction {
  const rollback = findRollback(reply);
  return {
    projectId: reply.id,
    projectName: reply.name,
    live: findLive(reply),
    rollback,
    promotesItself: rollback === undefined && reply.autoAssignCustomDomains !== false,
    notices: listNotices(reply, rollback),
  };
}

function findLive({ targets, lastAliasRequest }: ProjectReply): LiveDeployment | undefined {
  const live = targets?.["production"];
  if (!live) return undefined;
  const moved = lastAliasRequest?.toDeploymentId === live.id ? lastAliasRequest.requestedAt : undefined;
  const aliased = typeof live.aliasAssigned === "number" ? live.aliasAssigned : live.readyAt;
  const since = moved && aliased ? Math.max(moved, aliased) : (moved ?? aliased);
  return { id: live.id, ...readCommit(live.meta), liveSince: toDate(since) };
}

function findRollback({ targets, lastAliasRequest }: ProjectReply): Rollback | undefined {
  if (lastAliasRequest?.type !== "rollback" || lastAliasRequest.jobStatus === "failed") return undefined;
  const live = targets?.["production"]?.id;
  // A deployment that went live after the rollback has ended it. A rollback under way has not moved `live` yet.
  if (lastAliasRequest.jobStatus === "succeeded" && live !== lastAliasRequest.toDeploymentId)
    return undefined;
  return {
    at: toDate(lastAliasRequest.requestedAt),
    fromId: lastAliasRequest.fromDeploymentId ?? undefined,
    toId: lastAliasRequest.toDeploymentId,
  };
}

function listNotices(reply: ProjectReply, rollback: Rollback | undefined): string[] {
  const { gitProviderOptions: git, autoAssignCustomDomains } = reply;
  const project = `The Vercel project ${reply.name}`;
  return [
    git?.requireVerifiedCommits === true &&
      `${project} deploys verified commits only: a fix whose commit is not signed never deploys. Sign the worker's commits, or switch "Require Verified Commits" off.`,
    git?.createDeployments === "disabled" &&
      `${project} creates no GitHub deployments, so \`deployment_status\` starts no workflow. Listen to \`vercel.deployment.promoted\`, or switch deployment events on.`,
    git?.disableRepositoryDispatchEvents === true &&
      `${project} sends no repository_dispatch events, so \`vercel.deployment.promoted\` starts no workflow and recovery is looked at on schedule only. Switch "Repository Dispatch Events" on.`,
    autoAssignCustomDomains === false &&
      rollback === undefined &&
      `${project} does not promote new builds automatically: a merged fix goes live when someone promotes it.`,
  ].filter((notice): notice is string => typeof notice === "string");
}
