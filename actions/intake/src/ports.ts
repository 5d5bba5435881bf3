import type { AcceptanceStore, CodeReader } from "@patchpilot/acceptance";
import type { Incident } from "@patchpilot/incident";
import type { AccountIndex } from "@patchpilot/ledger";
import type { Sentry } from "@patchpilot/sentry";
import type { IssueListing, PossibleFix } from "./facts.ts";

/** The part of Sentry that intake asks. */
export type SentryReader = Pick<
  Sentry,
  | "getIssue"
  | "getIssues"
  | "getIssuesById"
  | "listWholeIssues"
  | "addFirstReleases"
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
   * Which issues changed since the last run that was written down, and as much of a walk over all open ones as is due.
   * @param settings digest of the settings that the account hangs on: under others it begins anew
   */
  readonly readListing: (settings: string) => Promise<IssueListing>;
  /**
   * Writes what is known of all open issues of Sentry's, if no other run has meanwhile.
   * @returns why GitHub refused it; undefined where it did not
   */
  readonly keepAccount: (index: AccountIndex) => Promise<string | undefined>;
  /** Issues by number, and those in a phase that intake serves. With them, the last 100 closed incidents. */
  readonly readSweep: (numbers: readonly number[]) => Promise<{
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
    /** Texts of files, one a path, 50 a request; null for what is no text. */
    readonly readTexts: (paths: readonly string[]) => Promise<readonly (string | null)[]>;
    /** The newest 100 open pull requests, in one request. */
    readonly listOpenPullRequests: () => Promise<readonly PossibleFix[]>;
  };
  /** Null without `sentry-token`. */
  readonly sentry: SentryReader | null;
  /** Whether a person may write to the repository; asked only for who vouches for something. */
  readonly mayWrite: (login: string) => Promise<boolean>;
  /** Reads what people attached to an issue, at most 64 KiB; it throws where it cannot. */
  readonly attachments: {
    /** GitHub's pages. */
    readonly serverUrl: string;
    readonly read: (url: string) => Promise<Uint8Array>;
  };
  /** Values of the secrets that the job holds: they must not appear in what is written. */
  readonly secrets: readonly string[];
};
