import type { VercelProduction } from "@patchpilot/vercel";
import type { Answer } from "../asking.ts";

/** Where the live commit is asked for. */
export type LiveSettings = {
  readonly vercelToken: string | undefined;
  readonly vercelProject: string | undefined;
  readonly vercelTeam: string | undefined;
  readonly vercelUrl: string;
  /** Environment of GitHub Deployments. */
  readonly environment: string;
  /** The live commit as the workflow gives it: then nothing else is asked. */
  readonly deployedSha: string | undefined;
  /** The repository that is repaired, if it is another one: this job's token cannot read it. */
  readonly elsewhere: string | undefined;
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
