import type { VercelProduction } from "@patchpilot/vercel";
import type { Answer } from "../asking.ts";

/** The inputs that say where the live commit is asked for. */
export type LiveSettings = {
  readonly "vercel-token"?: string | undefined;
  readonly "vercel-project"?: string | undefined;
  readonly "vercel-team"?: string | undefined;
  readonly "vercel-url": string;
  /** Environment of GitHub Deployments. */
  readonly "production-environment": string;
  /** The live commit as the workflow gives it: then nothing else is asked. */
  readonly "deployed-sha"?: string | undefined;
  /** The repository that is repaired, if it is another one: this job's token cannot read it. */
  readonly "target-repository"?: string | undefined;
};

/** What the sources of the live commit answered; a source that was not needed is absent. */
export type LiveFacts = {
  readonly vercel?: Answer<VercelProduction>;
  readonly deployments?: Answer<string | undefined>;
  readonly release?: {
    readonly sha: string;
    readonly version: string;
    readonly asked: Answer<unknown>["asked"];
  };
  /** Whether this repository knows the live commit. */
  readonly isOurs?: Answer<boolean>;
};
