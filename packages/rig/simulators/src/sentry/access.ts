import type { Context } from "hono";
import { SentryRefusal } from "./refusal.ts";
import type { SentryWorld } from "./world.ts";

/** Scopes that a resource's endpoints accept; any of them does. */
export const SCOPES = {
  readEvents: ["event:read", "event:write", "event:admin"],
  writeEvents: ["event:write", "event:admin"],
  readOrganization: ["org:read", "org:write", "org:admin"],
  readReleases: ["project:read", "project:write", "project:admin", "project:releases", "org:ci"],
} as const;

/** Refuses a request whose token is unknown or lacks every one of the scopes. */
export type Admit = (context: Context, scopes: readonly string[]) => void;

/** Checks tokens, scopes and the organization, in Sentry's words. */
export function admission(world: SentryWorld): Admit {
  return (context, scopes) => {
    requireScope(world, context, scopes);
    if (context.req.param("org") === world.organization) return;
    throw new SentryRefusal(404, "The requested resource does not exist");
  };
}

function requireScope(world: SentryWorld, context: Context, scopes: readonly string[]): void {
  const [, token = ""] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
  const granted = world.tokens.get(token);
  if (token === "") throw new SentryRefusal(401, "Authentication credentials were not provided.");
  if (granted === undefined) throw new SentryRefusal(401, "Invalid token");
  if (scopes.some((scope) => granted.includes(scope))) return;
  throw new SentryRefusal(403, "You do not have permission to perform this action.");
}
