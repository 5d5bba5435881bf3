import type { Remedies } from "@patchpilot/http";

/** What a token must be allowed to do. Any stronger level of the same resource does as well. */
export type TokenScope = "event:read" | "event:write" | "org:read" | "project:read";

const HOW =
  "Make an internal integration in Sentry (Settings > Custom Integrations) with event:read, org:read and project:read";

/** Whether it is an organization token, which may upload releases and read nothing that PatchPilot needs. */
function isOrganizationToken(token: string): boolean {
  return token.startsWith("sntrys_");
}

/** What to tell a person when an endpoint that needs `scope` refuses. */
export function remediesForScope(scope: TokenScope, token: string): Remedies {
  const write = scope === "event:write" ? ", and event:write to resolve issues" : "";
  const make = `${HOW}${write}, and use its token.`;
  const forbidden = isOrganizationToken(token)
    ? `sentry-token is an organization token (sntrys_…), which may upload releases but not read issues or events. ${make}`
    : `sentry-token lacks the scope ${scope}. ${make}`;
  return {
    forbidden,
    unauthorized: `sentry-token is wrong, expired or revoked. ${make}`,
    "not-found":
      "It does not exist, or the token does not see it: check sentry-url, sentry-org and the projects of the token.",
    unreadable:
      "Check that sentry-url is a Sentry (https://sentry.io, or your own) and that there is no login page in front of it.",
  };
}
