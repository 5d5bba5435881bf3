import type { WorkflowPermissions } from "@patchpilot/workflow";
import type { BuiltInAction } from "./action/built-in-action.ts";
import type { ArtifactStore } from "./built-in/artifact-store.ts";
import type { CancelGrace, Delay } from "./contract/child-process.ts";
import type { RunnerEvent } from "./run/records.ts";

/** Who a token is for. */
export type JobTokenRequest = {
  readonly permissions: WorkflowPermissions;
  readonly actor: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** The job's key in the workflow file: `work`, or `repair/work` in a workflow that the job `repair` calls. */
  readonly job: string;
};

/** The repository whose workflows run. `fullName` is owner/name. */
export type RunnerRepository = {
  readonly fullName: string;
  readonly id: number;
  readonly defaultBranch: string;
};

/** Base addresses without a trailing slash. */
export type Urls = { readonly api: string; readonly graphql: string; readonly server: string };

/** What a runner cannot do without. */
export type NeededHost = {
  readonly repository: RunnerRepository;
  readonly urls: Urls;
  /** By `owner/name/path@ref`, or without `@ref` for every ref: an action's folder, or a function in its place. */
  readonly actions: Readonly<Record<string, string | BuiltInAction>>;
  /** Makes a job's GITHUB_TOKEN, which may do what `permissions` says. */
  readonly mintToken: (request: JobTokenRequest) => string | Promise<string>;
  /** Milliseconds since the epoch; only for the times in records. */
  readonly now: () => number;
};

/** What has a default. */
export type DefaultedHost = {
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Told when a job has ended and its token with it. */
  readonly revokeToken: (token: string) => void | Promise<void>;
  /** Waits between SIGINT, SIGTERM and SIGKILL. Default: those of GitHub's runner. */
  readonly grace: CancelGrace;
  /** The timer behind `timeout-minutes` and `grace`; real time, as processes run in real time. */
  readonly delay: Delay;
};

/** Everything that runs and jobs need from outside, resolved once by `createRunner`. */
export type Host = NeededHost &
  DefaultedHost & {
    readonly emit: (event: RunnerEvent) => void;
    /** The node binary that runs actions, and the PATH of every child. */
    readonly node: string;
    readonly path: string;
    /** An empty folder of its own for a job, removed when the job ends. */
    readonly makeFolder: (name: string) => Promise<string>;
    readonly removeFolder: (folder: string) => Promise<void>;
    readonly artifacts: ArtifactStore;
    readonly nextJobId: () => number;
  };

/** What stands for a `uses:`; an entry with the exact ref comes before one for every ref. */
export function findAction(host: Pick<Host, "actions">, uses: string): string | BuiltInAction | undefined {
  return host.actions[uses] ?? host.actions[uses.slice(0, uses.lastIndexOf("@"))];
}
