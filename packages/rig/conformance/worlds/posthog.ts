import { createPostHogSimulator, type PostHogSimulator } from "@patchpilot/simulators/posthog";
import { HOUR, WEEK } from "@patchpilot/time";
import type { TestWorld } from "./world.ts";

const HOST = "https://us.posthog.com";

/** Inputs with which `impact` counts in the PostHog of `addPostHog`. */
export const POSTHOG_INPUTS = {
  "posthog-api-key": "phx_reader",
  "posthog-host": HOST,
  "posthog-project-id": "7",
  events: "checkout",
} as const;

/** A PostHog in which fewer people checked out than a week ago. */
export function addPostHog({ clock, providers }: TestWorld): PostHogSimulator {
  const posthog = createPostHogSimulator({
    clock,
    projectId: POSTHOG_INPUTS["posthog-project-id"],
    projectToken: "phc_shop",
    keys: { [POSTHOG_INPUTS["posthog-api-key"]]: ["query:read"] },
  });
  const checkouts = (count: number, at: number) =>
    Array.from({ length: count }, (_, person) => ({ event: "checkout", distinctId: `p${person}`, at }));
  posthog.recordEvents(checkouts(40, clock.now() - HOUR));
  posthog.recordEvents(checkouts(160, clock.now() - HOUR - WEEK));
  providers.set(HOST, posthog);
  return posthog;
}
