import type { Json } from "../expression/expression-data.ts";

/** What happens in the repository and may start workflows. */
export type WorkflowEvent = {
  /** The event's name: `issues`, `repository_dispatch`, `schedule`. */
  readonly event: string;
  /** The webhook payload: `github.event`. `repository` and `sender` are filled in where they are missing. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** The activity: `opened`, or the `event_type` of a repository_dispatch. Default: the payload's `action`. */
  readonly action?: string;
  /** The login that caused it. */
  readonly actor: string;
  /** A full ref. Default: the default branch, or what the payload of a pull request or deployment names. */
  readonly ref?: string;
  /** Default: what the ref points at. */
  readonly sha?: string;
  /** Only this file is started. Required for `workflow_dispatch`. */
  readonly workflow?: string;
  /** The values of a `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** For `schedule`: the cron line whose time has come. */
  readonly schedule?: string;
  /** The id that GitHub has given the run already, as for a `workflow_dispatch`. Default: the runner's next. */
  readonly runId?: number;
};
