/** The secrets of the README's workflow, by the input that they fill. */
export const KNOWN_SECRETS: Readonly<Record<string, string>> = {
  "state-key": "PATCHPILOT_STATE_KEY",
  "sentry-token": "SENTRY_TOKEN",
  "vercel-token": "VERCEL_TOKEN",
  "posthog-api-key": "POSTHOG_API_KEY",
  "anthropic-api-key": "ANTHROPIC_API_KEY",
  "openai-api-key": "OPENAI_API_KEY",
  "model-api-key": "MODEL_API_KEY",
  "npm-token": "PATCHPILOT_NPM_TOKEN",
  "app-id": "PATCHPILOT_APP_ID",
  "app-private-key": "PATCHPILOT_APP_PRIVATE_KEY",
};

/** Its variables, by the input that they fill. */
export const KNOWN_VARIABLES: Readonly<Record<string, string>> = {
  stop: "PATCHPILOT_STOP",
  notify: "PATCHPILOT_ONCALL",
  "sentry-url": "SENTRY_URL",
  "sentry-org": "SENTRY_ORG",
  "sentry-projects": "SENTRY_PROJECTS",
  "vercel-url": "VERCEL_URL",
  "vercel-project": "VERCEL_PROJECT",
  "vercel-team": "VERCEL_TEAM",
  "health-url": "HEALTH_URL",
  "health-allow-private": "HEALTH_ALLOW_PRIVATE",
  "posthog-host": "POSTHOG_HOST",
  "posthog-project-id": "POSTHOG_PROJECT_ID",
  events: "POSTHOG_EVENTS",
  agent: "PATCHPILOT_AGENT",
  command: "PATCHPILOT_AGENT_COMMAND",
  "setup-command": "PATCHPILOT_SETUP_COMMAND",
  "test-command": "PATCHPILOT_TEST_COMMAND",
  "model-url": "PATCHPILOT_MODEL_URL",
  "model-implement": "PATCHPILOT_MODEL",
  "max-cost-usd": "PATCHPILOT_MAX_COST_USD",
};

/** What users set for an input; the input itself if the README's workflow fills it from nothing. */
export const nameVariable = (input: string): string =>
  KNOWN_SECRETS[input] ?? KNOWN_VARIABLES[input] ?? input;
