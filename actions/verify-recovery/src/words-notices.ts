import type { VerifyInputs } from "./contract.ts";
import type { Elsewhere } from "./ports.ts";
import type { DecidedCase } from "./questions/case.ts";

/** What is not asked because a credential is absent, a sentence each: an unset secret arrives as nothing. */
export function findMissingNotices(inputs: VerifyInputs): string[] {
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

export const describeElsewhere = ({ issue, environment }: Elsewhere, inputs: VerifyInputs): string =>
  `Issue ${issue} is slow in the environment ${environment}, and this run asks about ${inputs.environment}: it is left to a run with \`environment: ${environment}\`.`;

/** Says why nothing is decided about each named incident, and of all others how many were looked at: no run is silent. */
export function describeIdle(all: readonly DecidedCase[], isNamed: boolean): string[] {
  const skipped = all.filter(({ decision }) => decision.decision === "skip");
  if (isNamed)
    return skipped.map(({ case: { issue }, decision }) => `#${issue}: nothing is done. ${decision.reason}`);
  if (skipped.length < all.length) return [];
  return [
    all.length === 0
      ? "No incident waits to be verified."
      : `Looked at ${all.length} ${all.length === 1 ? "incident" : "incidents"}; nothing is due.`,
  ];
}
