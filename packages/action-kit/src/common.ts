import * as z from "zod";
import {
  choices,
  flag,
  fromRunner,
  issueSelection,
  killSwitch,
  list,
  people,
  repositoryOrAbsent,
  secret,
  text,
  textOr,
  url,
} from "./inputs.ts";

/** What `allow` may hold. */
export const ALLOWABLE = ["close", "retry", "escalate", "resolve"] as const;
export type Allowable = (typeof ALLOWABLE)[number];

/** The inputs that every action has. */
export const commonInputs = {
  "github-token": fromRunner(
    "${{ github.token }}",
    "Token for the repository with the incidents; the only one that writes records.",
    { secret: true },
  ),
  // No default of the runner's: it would look like a given value and beat the configuration file.
  repository: repositoryOrAbsent(
    "owner/name of the repository with the incidents. Absent: the repository of the workflow.",
  ),
  issues: issueSelection(
    "JSON array or comma list of issue numbers. `auto`: the event's issue, or without one every incident in the phase that this action serves. Empty or `[]` means none.",
  ),
  "state-key": secret(
    "Key that signs the records on issues; two, comma-separated, while rotating (the first signs, both verify).",
  ),
  "trusted-authors": list(
    [],
    "Further accounts whose records count, after a change of identity: ids, or logins of apps.",
  ),
  allow: choices(
    ALLOWABLE,
    ["close", "retry", "escalate"],
    "What PatchPilot may do without you: `close` a recovered incident, `retry` with another attempt, `escalate` to you, `resolve` in Sentry what is closed. Anything else is reported and waits.",
  ),
  "dry-run": flag(false, "Print the plan, write nothing, spend no budget."),
  stop: killSwitch("Kill switch: `true`, `1` or `stop` makes the run read-only and says so."),
};

/** Of the actions that may find that it is a person's turn. */
export const notifyInputs = {
  notify: people(
    "Who is mentioned when it is your turn, and at the end: logins such as `@maya`, teams such as `@acme/web`, or `codeowners` for the owners of the suspect files. Absent: the comment is written anyway, and mentions nobody.",
  ),
};

/** `IncidentSummary` of packages/incident. */
const incidentSummary = z.object({
  issue: z.number(),
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  severity: z.string(),
  phase: z.string(),
  url: z.string(),
});

/** The outputs that every action has. */
export const commonOutputs = (issues: string) => ({
  issues: z.array(z.number()).meta({ description: issues }),
  incidents: z.array(incidentSummary).meta({
    description: "JSON array of `{issue, key, kind, title, severity, phase, url}` for all that were handled.",
  }),
  count: z.number().meta({ description: "Number of entries in `issues`." }),
});

/** Where Sentry is and what may be read there. */
export const sentryInputs = {
  "sentry-token": secret(
    "Sentry token with `event:read`, `org:read` and `project:read`. Absent: Sentry is not asked.",
  ),
  "sentry-url": url(
    "https://sentry.io",
    "Address of Sentry; self-hosted or a region such as https://de.sentry.io.",
  ),
  "sentry-org": text("Organization slug in Sentry."),
  "sentry-projects": list(
    [],
    "Projects whose code is in this repository, by slug or id. `intake` and `perf-scan` require it with `sentry-token`.",
  ),
  environment: textOr("production", "Environment in Sentry that counts."),
};

/**
 * Requires `sentry-projects` where there is a `sentry-token`: without it, errors of every team that shares the
 * organization would be opened here.
 */
export const requireSentryProjects = <Inputs extends z.ZodObject>(inputs: Inputs): Inputs =>
  inputs.superRefine((given, context) => {
    const { "sentry-token": token, "sentry-projects": projects } = given as Record<string, unknown>;
    if (!token || (Array.isArray(projects) && projects.length > 0)) return;
    context.addIssue({
      code: "custom",
      path: ["sentry-projects"],
      message:
        "is empty; name the Sentry projects whose code is in this repository by their slugs, such as web,api",
    });
  });

/** Where PostHog is and which events are read there. */
export const posthogInputs = {
  "posthog-api-key": secret(
    "PostHog personal API key (`phx_…`) with `query:read`. Absent: PostHog is not asked.",
  ),
  "posthog-host": url(
    "https://us.posthog.com",
    "Address of PostHog's API (not the ingestion host `us.i.posthog.com`).",
  ),
  "posthog-project-id": text("Project id in PostHog."),
};
