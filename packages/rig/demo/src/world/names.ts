/** Everything in the simulated world that has a name. All secrets are made up and open nothing. */
export const DEMO_NAMES = {
  owner: "acme",
  repository: "acme/shop",
  repositoryId: 4_200,
  sentryProject: { id: "42", slug: "shop" },
  vercelProject: "shop",
  posthogProject: "7",
  posthogToken: "phc_simulated",
  productEvent: "order_completed",
  /** Reviews and merges; has write access. */
  maintainer: "maintainer",
  /** Has no rights in the repository. */
  stranger: "stranger",
} as const;

/** The secrets of the repository, as its workflows read them. */
export const SECRETS = {
  PATCHPILOT_STATE_KEY: "simulated-state-key-0123456789abcdef0123456789abcdef",
  SENTRY_TOKEN: "simulated-sentry-token",
  VERCEL_TOKEN: "simulated-vercel-token",
  POSTHOG_API_KEY: "phx_simulated-posthog-key",
} as const;
