/** A variable of the repository that the workflows read, and the option of `init` that sets it. */
export type VariableOption = { readonly option: string; readonly variable: string; readonly meaning: string };

const setting = (option: string, variable: string, meaning: string): VariableOption => ({
  option,
  variable,
  meaning,
});

/** The variables that `init` sets. The doctor checks them, and more. */
export const VARIABLE_OPTIONS: readonly VariableOption[] = [
  setting("sentry-org", "SENTRY_ORG", "slug of your organization in Sentry"),
  setting("sentry-projects", "SENTRY_PROJECTS", "slugs of the projects whose code is here: web,api"),
  setting("sentry-url", "SENTRY_URL", "Sentry outside the US or on your own server: https://de.sentry.io"),
  setting("vercel-project", "VERCEL_PROJECT", "the project in Vercel that serves production"),
  setting("vercel-team", "VERCEL_TEAM", "slug of the team that owns it"),
  setting("posthog-project-id", "POSTHOG_PROJECT_ID", "number of the project in PostHog"),
  setting("posthog-events", "POSTHOG_EVENTS", "events that show what users get done: checkout_completed"),
  setting("posthog-host", "POSTHOG_HOST", "PostHog outside the US: https://eu.posthog.com"),
  setting("health-url", "HEALTH_URL", "an address that answers 200 while your app is well"),
  setting("oncall", "PATCHPILOT_ONCALL", "who is mentioned when it is your turn: @maya @acme/web"),
  setting("agent", "PATCHPILOT_AGENT", "claude-code, codex, opencode or command"),
  setting("agent-command", "PATCHPILOT_AGENT_COMMAND", "its command line, if the agent is `command`"),
  setting("setup-command", "PATCHPILOT_SETUP_COMMAND", "installs your project, if its files do not say it"),
  setting("test-command", "PATCHPILOT_TEST_COMMAND", "tests your project, if its files do not say it"),
];
