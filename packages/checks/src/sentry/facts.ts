import type { ProjectErrors, ProjectNames, SentryRelease } from "@patchpilot/sentry";
import type { Answer } from "../asking.ts";

/** The inputs that say where Sentry is and what counts there. */
export type SentrySettings = {
  readonly "sentry-token"?: string | undefined;
  readonly "sentry-url": string;
  readonly "sentry-org"?: string | undefined;
  readonly "sentry-projects": readonly string[];
  readonly environment: string;
};

/** What Sentry answered. What follows a refusal was not asked, and is absent. */
export type SentryFacts = {
  readonly organization: Answer<{ readonly slug: string }>;
  readonly projects?: Answer<readonly ProjectNames[]>;
  /** Of the configured projects that exist. */
  readonly environments?: Answer<readonly string[]>;
  /** Unresolved issues of the environment, at most 100. */
  readonly issues?: Answer<number>;
  /** Error events of 24 h. */
  readonly errors?: Answer<readonly ProjectErrors[]>;
  /** Requests or sessions of 24 h. */
  readonly traffic?: Answer<Traffic>;
  readonly releases?: Answer<readonly SentryRelease[]>;
};

/** How much the app was used, and what was counted. */
export type Traffic = { readonly count: number; readonly unit: "requests" | "sessions" };

/** The configured projects that Sentry has; a project goes by its slug or its id. */
export const projectsNamed = (
  wanted: readonly string[],
  projects: readonly ProjectNames[],
): readonly ProjectNames[] =>
  projects.filter(({ id, slug }) => wanted.some((name) => name === id || name === slug));
