import type { GitHubAccount } from "./accounts/identity.ts";
import type { Token } from "./accounts/token.ts";

/** An event as a webhook would carry it, with what a workflow runner must know beside the payload. */
export type GitHubEvent = {
  readonly event: string;
  readonly action: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Full name of the repository. */
  readonly repository: string;
  readonly actor: GitHubAccount;
  /** The token that caused it; undefined for a person's or an App's own doing. */
  readonly causedByToken: Token | undefined;
  /** False for what a GITHUB_TOKEN causes, but for the two dispatches, and for a deployment that became inactive. */
  readonly startsWorkflows: boolean;
  /** What `GITHUB_REF` and `GITHUB_SHA` would be. */
  readonly ref: string;
  readonly sha: string;
  /** For `workflow_dispatch`: the workflow that was named and the run that is waiting for it. */
  readonly workflowPath: string | null;
  readonly runId: number | null;
};
