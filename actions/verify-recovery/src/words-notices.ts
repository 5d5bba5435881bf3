import type { VerifyInputs } from "./contract.ts";

/** What is not asked because a credential is absent, a sentence each: an unset secret arrives as nothing. */
export function missingNotices(inputs: VerifyInputs): string[] {
  const { "posthog-api-key": posthogKey, "posthog-project-id": posthogProject } = inputs;
  return [
    !inputs["sentry-token"] &&
      "`sentry-token` is absent, so errors cannot be counted and nothing closes. Pass a token with event:read, org:read and project:read.",
    inputs["vercel-project"] &&
      !inputs["vercel-token"] &&
      "`vercel-project` is set, but `vercel-token` is absent, so Vercel is not asked what is live. Check that the secret exists and that this workflow may read it.",
    Boolean(posthogKey) !== Boolean(posthogProject) &&
      "PostHog needs both `posthog-api-key` and `posthog-project-id`; one is absent, so it is not asked for traffic.",
  ].filter((notice): notice is string => typeof notice === "string" && notice !== "");
}
