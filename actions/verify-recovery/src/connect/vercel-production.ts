import type { Deployment, VercelProduction as VercelProject } from "@patchpilot/vercel";
import type { ProductionHistory, Stretch, WaitingDeployment } from "../questions/sources.ts";

/**
 * What a Vercel project serves and served. Live is where the production domains point, which the project says;
 * what was promoted before served from the time its domains were given.
 */
export function fromVercel(project: VercelProject, deployments: readonly Deployment[]): ProductionHistory {
  const { live } = project;
  const before = deployments
    .filter(({ state, aliasedAt }) => state === "promoted" && aliasedAt !== undefined)
    .map(({ id, sha, aliasedAt }) => ({ id, sha: sha ?? null, from: aliasedAt?.getTime() ?? 0 }))
    .sort((a, b) => b.from - a.from);
  const now = live && { id: live.id, sha: live.sha ?? null, from: live.liveSince?.getTime() ?? null };
  return {
    source: "vercel",
    history: now ? [now, ...servedBefore(before, now)].map(toStretch) : [],
    waiting: deployments.flatMap((deployment) => listWaiting(deployment, project)),
  };
}

type Placed = Stretch & { readonly id: string };

/**
 * The live deployment is in the list too. Behind another it served twice, for it came back. Next to itself it was
 * staged or rolled back in between, to something that the list does not reach: it counts from when it came back.
 */
function servedBefore(listed: readonly Placed[], live: Placed): readonly Placed[] {
  const before = listed.filter((stretch) => !isSame(stretch, live));
  const other = before.findIndex(({ id }) => id !== live.id);
  return other === -1 ? [] : before.slice(other);
}

const isSame = (stretch: Placed, live: Placed): boolean =>
  stretch.id === live.id && (live.from === null || (stretch.from ?? 0) >= live.from);

const toStretch = ({ sha, from }: Placed): Stretch => ({ sha, from });

function listWaiting(
  deployment: Deployment,
  { rollback, promotesItself }: VercelProject,
): WaitingDeployment[] {
  const { sha = null, state, createdAt, failure } = deployment;
  if (state === "promoted" || deployment.target !== "production") return [];
  const at = createdAt?.getTime() ?? 0;
  if (failure?.reason === "canceled") {
    // Builds that a monorepo ignores end so as well: what was not touched is not built.
    return [{ sha, state: "canceled", at, detail: `The fix was not deployed. ${failure.sentence}` }];
  }
  if (state === "failed") {
    const detail = `The deployment with the fix failed. ${failure?.sentence ?? "Vercel does not say why."}`;
    return [{ sha, state: "failed", at, detail }];
  }
  if (state !== "staged") {
    const what = state === "rolling" ? "is being rolled out" : "is being built";
    return [{ sha, state: "pending", at, detail: `The deployment with the fix ${what}.` }];
  }
  const why =
    rollback !== undefined
      ? " Production was rolled back, so Vercel keeps new deployments back until one is promoted by hand."
      : promotesItself
        ? ""
        : " The project does not promote new deployments by itself.";
  return [{ sha, state: "staged", at, detail: `The fix is built, but it is not what visitors get.${why}` }];
}
