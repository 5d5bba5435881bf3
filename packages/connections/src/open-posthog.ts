import { createHttp } from "@patchpilot/http";
import { connectPostHog, isPostHogRead, type PostHog } from "@patchpilot/posthog";
import type { ServiceAccess } from "./access.ts";

/** The inputs that say which PostHog is asked. */
type PostHogInputs = {
  readonly "posthog-host": string;
  readonly "posthog-api-key"?: string | undefined;
  readonly "posthog-project-id"?: string | undefined;
};

/** @returns undefined if key or project is absent: PostHog is not configured */
export function openPostHog(inputs: PostHogInputs, access: ServiceAccess): PostHog | undefined {
  const { "posthog-api-key": apiKey, "posthog-project-id": projectId, "posthog-host": host } = inputs;
  if (!apiKey || !projectId) return undefined;
  const http = createHttp({ name: "PostHog", isRead: isPostHogRead, ...access });
  return connectPostHog({ host, projectId, apiKey, http, time: access.time });
}
