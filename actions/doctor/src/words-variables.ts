/** The secrets and variables of the README's workflow, by the input that they fill. */
export const VARIABLES: Readonly<Record<string, string>> = {
  "state-key": "PATCHPILOT_STATE_KEY",
  stop: "PATCHPILOT_STOP",
  "sentry-token": "SENTRY_TOKEN",
  "sentry-url": "SENTRY_URL",
  "sentry-org": "SENTRY_ORG",
  "sentry-projects": "SENTRY_PROJECTS",
  "vercel-token": "VERCEL_TOKEN",
  "vercel-url": "VERCEL_URL",
  "vercel-project": "VERCEL_PROJECT",
  "vercel-team": "VERCEL_TEAM",
  "health-url": "HEALTH_URL",
  "health-allow-private": "HEALTH_ALLOW_PRIVATE",
  "posthog-api-key": "POSTHOG_API_KEY",
  "posthog-host": "POSTHOG_HOST",
  "posthog-project-id": "POSTHOG_PROJECT_ID",
  events: "POSTHOG_EVENTS",
  agent: "PATCHPILOT_AGENT",
  command: "PATCHPILOT_AGENT_COMMAND",
  "setup-command": "PATCHPILOT_SETUP_COMMAND",
  "test-command": "PATCHPILOT_TEST_COMMAND",
  "model-url": "PATCHPILOT_MODEL_URL",
  "max-cost-usd": "PATCHPILOT_MAX_COST_USD",
  "anthropic-api-key": "ANTHROPIC_API_KEY",
  "openai-api-key": "OPENAI_API_KEY",
  "npm-token": "PATCHPILOT_NPM_TOKEN",
  "app-id": "PATCHPILOT_APP_ID",
  "app-private-key": "PATCHPILOT_APP_PRIVATE_KEY",
};

/** What users set for an input; the input itself if the README's workflow fills it from nothing. */
export const nameVariable = (input: string): string => VARIABLES[input] ?? input;
