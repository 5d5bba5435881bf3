import { HttpFailure, type Remedies } from "@patchpilot/http";

/** Where PostHog is, and as whom it is asked. */
export type Access = {
  /** Base address of the API, without a trailing slash: "https://us.posthog.com". */
  readonly host: string;
  readonly projectId: string;
  /** Personal API key (`phx_…`) with the scope `query:read`. */
  readonly apiKey: string;
};

/** Hosts that take events or redirect, and the host that answers queries. */
const API_HOSTS: Readonly<Record<string, string>> = {
  "us.i.posthog.com": "https://us.posthog.com",
  "eu.i.posthog.com": "https://eu.posthog.com",
  "app.posthog.com": "https://us.posthog.com",
  "us-assets.i.posthog.com": "https://us.posthog.com",
  "eu-assets.i.posthog.com": "https://eu.posthog.com",
};

/** What is wrong with the configured access as it stands; undefined: it is worth asking. */
export function findFault({ host, apiKey }: Access): HttpFailure | undefined {
  const better = API_HOSTS[new URL(host).hostname];
  if (better !== undefined)
    return unasked(
      `${new URL(host).hostname} takes events but answers no queries`,
      `Set posthog-host to ${better}.`,
    );
  if (apiKey.startsWith("phc_"))
    return unasked(
      "posthog-api-key is the project's public key (phc_…), which can send events but not read them",
      "Make a personal API key (phx_…) with the scope query:read.",
    );
  return undefined;
}

function unasked(cause: string, remedy: string): HttpFailure {
  return new HttpFailure({
    kind: "rejected",
    provider: "PostHog",
    asked: "any query",
    happened: `was not asked: ${cause}`,
    remedy,
  });
}

/** What helps where PostHog refuses a query. */
export function postHogRemedies({ projectId, host }: Access): Remedies {
  return {
    unauthorized:
      "posthog-api-key is wrong, expired or of another region: make a personal API key (phx_…) with the scope query:read.",
    forbidden: `posthog-api-key needs the scope query:read and access to the project ${projectId}.`,
    "not-found": `Check posthog-project-id (${projectId}) and posthog-host (${host}): a project exists in one region only.`,
    rejected: "PostHog refuses the query; nothing is read until that is corrected.",
  };
}
