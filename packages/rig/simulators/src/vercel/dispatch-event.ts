import type { GitCommit, VercelDeployment, VercelProject } from "./world.ts";

/** Last part of the event types in the readme of vercel/repository-dispatch; `ignored` and `skipped` never arise here. */
export type DispatchType = "pending" | "ready" | "success" | "error" | "failed" | "canceled" | "promoted";

/** What Vercel's GitHub app posts to `/repos/{repository}/dispatches`. */
export type DispatchEvent = {
  /** owner/name. */
  readonly repository: string;
  readonly event_type: `vercel.deployment.${DispatchType}`;
  readonly client_payload: {
    readonly environment: "production" | "preview";
    readonly git: { readonly ref: string; readonly sha: string; readonly shortSha: string };
    readonly id: string;
    readonly project: { readonly id: string; readonly name: string };
    readonly state: { readonly type: DispatchType; readonly detail?: string };
    readonly url: string;
    readonly error?: string;
  };
};

/** The event that Vercel sends when a deployment comes to `type`. Shape: vercel/repository-dispatch, `src/data`. */
export function toDispatchEvent(
  project: VercelProject,
  deployment: VercelDeployment,
  git: GitCommit,
  type: DispatchType,
): DispatchEvent {
  const { end } = deployment;
  const detail = type === "failed" ? { detail: "missing_vercel_access" } : {};
  const error = end.state === "ERROR" && type === "error" ? { error: end.errorMessage } : {};
  return {
    repository: git.repository,
    event_type: `vercel.deployment.${type}`,
    client_payload: {
      environment: deployment.target ?? "preview",
      git: { ref: git.ref, sha: git.sha, shortSha: git.sha.slice(0, 7) },
      id: deployment.id,
      project: { id: project.id, name: project.name },
      state: { type, ...detail },
      url: `https://${deployment.url}`,
      ...error,
    },
  };
}
