import { createHttp } from "@patchpilot/http";
import { connectVercel, type Vercel } from "@patchpilot/vercel";
import type { ServiceAccess } from "./access.ts";

/** The inputs that say which project of Vercel is asked. */
type VercelInputs = {
  readonly "vercel-url": string;
  readonly "vercel-token"?: string | undefined;
  readonly "vercel-project"?: string | undefined;
  readonly "vercel-team"?: string | undefined;
};

/**
 * @returns undefined without a token: Vercel is not asked
 * @throws Error if a token is given without a project: nothing could be asked with it
 */
export function openVercel(inputs: VercelInputs, access: ServiceAccess): Vercel | undefined {
  const { "vercel-token": token, "vercel-project": project, "vercel-team": team } = inputs;
  if (!token) return undefined;
  if (!project)
    throw new Error("`vercel-token` is given without `vercel-project`. Set it to the project's id or name.");
  const http = createHttp({ name: "Vercel", ...access });
  return connectVercel({ url: inputs["vercel-url"], token, project, team, http });
}
