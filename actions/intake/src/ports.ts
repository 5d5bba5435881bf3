import type { AcceptanceStore, CodeReader } from "@patchpilot/acceptance";
import type { Incident } from "@patchpilot/incident";
import type { Sentry } from "@patchpilot/sentry";
import type { PossibleFix } from "./facts.ts";

/** The part of Sentry that intake asks. */
export type SentryReader = Pick<
  Sentry,
  | "getIssue"
  | "getIssues"
  | "getIssuesFromLists"
  | "resolveShortId"
  | "getEvent"
  | "listIssues"
  | "listReleases"
  | "getRelease"
  | "listProjects"
  | "listEnvironments"
>;

/** Incidents on GitHub: issues with their records. */
export type IntakeStore = AcceptanceStore & {
  /**
   * Issues that may be new or back: changed in the last 24 hours, or in a phase that intake serves. With them, the last
   * 100 closed incidents.
   */
  readonly readSweep: () => Promise<{
    readonly swept: readonly Incident[];
    readonly closed: readonly Incident[];
  }>;
  /** Every open incident and the last 100 closed ones, with their records: for dedupe, returns and lessons. */
  readonly readKnown: () => Promise<readonly Incident[]>;
  /**
   * Those of the keys that the index names an incident for, 100 a request. Left out are issues that were opened and
   * never recorded: they are open still, and `open` finishes them. Asked after `readKnown`.
   */
  readonly readIndexed: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** What `run` may touch. */
export type IntakePorts = {
  /** The issue that started this run, if one did. */
  readonly eventIssue: number | undefined;
  /** The person who started this run by hand, if one did, with the key of the task that he gave it. */
  readonly starter: { readonly login: string; readonly key: string } | undefined;
  readonly incidents: IntakeStore;
  readonly code: CodeReader & {
    /** The newest 100 open pull requests, in one request. */
    readonly listOpenPullRequests: () => Promise<readonly PossibleFix[]>;
  };
  /** Null without `sentry-token`. */
  readonly sentry: SentryReader | null;
  /** Whether a person may write to the repository; asked only for who vouches for something. */
  readonly mayWrite: (login: string) => Promise<boolean>;
  /** Values of the secrets that the job holds: they must not appear in what is written. */
  readonly secrets: readonly string[];
};
