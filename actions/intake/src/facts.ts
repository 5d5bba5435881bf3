import type { RepositoryFiles, TouchingCommit } from "@patchpilot/evidence";
import type { OpenPull } from "@patchpilot/github";
import type { Incident, IssueFacts } from "@patchpilot/incident";
import type { AccountEntry, AccountIndex, AccountWalk, SentrySight } from "@patchpilot/ledger";
import type { SentryEvent, SentryIssue } from "@patchpilot/sentry";
import type { IgnoreReason } from "./contract.ts";
import type { Recognised } from "./decide/recognise.ts";

export type { EventDetails, SentryEvent, SentryIssue } from "@patchpilot/sentry";

/**
 * What Sentry answered about one issue. `absent`: Sentry is not configured. `failed`: it could not answer, or (`known`)
 * it said that there is nothing to read.
 */
export type SentryView =
  | { readonly state: "read"; readonly issue: SentryIssue; readonly event: SentryEvent | null }
  | { readonly state: "absent" }
  | { readonly state: "failed"; readonly message: string; readonly known: boolean };

/** Why an issue is looked at. */
export type Occasion =
  /** No record yet. */
  | "new"
  /** Its incident had ended; now Sentry says that it came back, or someone reopened the issue. */
  | "returned"
  /** Accepted by its text alone; now Sentry can be asked. */
  | "upgrade";

/**
 * Work that a person asked for, in words. He vouches for them, but may have read past what a stranger wrote into the
 * issue, so they are hostile text like any other.
 */
export type Request = {
  /** `issue`: one that no Sentry wrote. `task`: words given to a run. */
  readonly kind: "issue" | "task";
  readonly title: string;
  readonly words: string;
  /** Login of the person who asks. */
  readonly by: string;
  /** Of a task: its name in the index, the same in a repeated run. */
  readonly key?: string;
};

/** What is known of one failure, before or without an issue on GitHub. */
export type IntakeSubject = {
  readonly occasion: Occasion;
  readonly recognised: Recognised;
  /** A person with write access vouches for it (`patchpilot:take-on`). */
  readonly vouched: boolean;
  readonly view: SentryView;
  /** In the place of a failure. */
  readonly request?: Request;
};

/** Further issues of Sentry's that are the same error and get no issue here. */
export type Gathered = { readonly together?: readonly TogetherIssue[] };

/** An issue of Sentry's that is put together with another. */
export type TogetherIssue = {
  readonly issueId: string;
  readonly shortId: string;
  readonly url: string;
};

/** One issue on its way in, with everything that is known of it. */
export type Candidate = IntakeSubject & Gathered & { readonly incident: Incident };

/** What people with write access said about a request, and what was attached; hostile text. */
export type Discussion = {
  readonly said: readonly {
    readonly by: string;
    readonly text: string;
    readonly edit?: string | undefined;
  }[];
  /** Comments by people without write access. */
  readonly ignored: number;
  /** Comments that were not read. */
  readonly leftOut: number;
  readonly files: readonly {
    readonly name: string;
    readonly url: string;
    readonly kind: "text" | "image" | "other";
    readonly text?: string;
    /** Why a text was not read. */
    readonly missing?: string;
  }[];
};

/** What the repository and Sentry's releases say about one candidate. */
export type CodeFindings = {
  /** Null if the files could not be listed. */
  readonly files: RepositoryFiles | null;
  readonly commits: readonly TouchingCommit[];
  /** Of a request. */
  readonly discussion?: Discussion;
  /** The environment's last release without the fault, as Sentry names it: hostile text. */
  readonly goodRelease: string | null;
  /** When the commits were made, as the end of a sentence. */
  readonly period: string;
  /** What GitHub or Sentry did not give out, each as a sentence without its end. */
  readonly unread: readonly string[];
};

/** Why something is passed over. */
export type Reason = {
  readonly reason: IgnoreReason;
  readonly detail: string;
  /** What it waits for, if the reason does not say so. */
  readonly waitsFor?: "archived";
  /** The issue that it repeats. */
  readonly duplicateOf?: number;
};

/** An issue that is passed over. */
export type Ignored = Reason & { readonly issue: number };

/** What GitHub's lists say of an issue. */
export type Brief = Pick<IssueFacts, "number" | "open" | "author" | "labels">;

/** Which issues there are, as far as one run lists them. Times are GitHub's, in milliseconds. */
export type IssueListing = {
  readonly at: number;
  /** Of the repository. */
  readonly url: string;
  /** Digest of the settings that the account hangs on. */
  readonly settings: string;
  /** What earlier runs knew; undefined: nothing. */
  readonly index: AccountIndex | undefined;
  /** Changed since then, open and closed. */
  readonly changed: readonly Brief[];
  /** Open ones that a walk over all of them met. */
  readonly met: readonly Brief[];
  /** Known ones that a walk did not meet: they exist no more. */
  readonly vanished: readonly number[];
  /** What is left of the walk; null: all open issues are known. */
  readonly walk: AccountWalk | null;
  /** When the last whole walk began; 0: none has ended. */
  readonly walkedAt: number;
};

/** What is known of the open issues that Sentry opened, before anything is decided. */
export type AccountDraft = {
  /** Absent: the run was about some issues alone. */
  readonly listing?: IssueListing;
  readonly entries: ReadonlyMap<number, AccountEntry>;
  /** Issues that were read whole. */
  readonly read: readonly Incident[];
  /** Those of them that are judged by an event in this run. */
  readonly looked: ReadonlySet<number>;
  /** What Sentry's lists said of issues, in short. */
  readonly sights: ReadonlyMap<number, SentrySight>;
  /** Issues that Sentry had to be asked about, and did not answer. */
  readonly noData: ReadonlySet<number>;
  /** Whether an issue is one of Sentry's. */
  readonly belongs: (incident: Incident) => boolean;
};

/** An open pull request that may be a fix. */
export type PossibleFix = Pick<OpenPull, "number" | "url" | "title" | "body" | "closes"> & {
  /** Whether its author may write here, or is Sentry's Seer: others could stop repairs by opening one. */
  readonly trusted: boolean;
  /** Whether PatchPilot opened it. */
  readonly ours: boolean;
};

/** Everything that one run read, before anything is decided. */
export type IntakeFacts = {
  readonly candidates: readonly Candidate[];
  /** What Sentry lists and GitHub has no issue for. */
  readonly unopened: readonly IntakeSubject[];
  readonly ignored: readonly Ignored[];
  /** Accepted before and still waiting for a repair. */
  readonly waiting: readonly Incident[];
  /** Known incidents, open and closed. */
  readonly known: readonly Incident[];
  readonly pulls: readonly PossibleFix[];
  readonly account: AccountDraft;
};

/** What Sentry said of a failure; nulls if it said nothing. */
export const readView = (
  view: SentryView,
): { readonly issue: SentryIssue | null; readonly event: SentryEvent | null } =>
  view.state === "read" ? view : { issue: null, event: null };

/**
 * The environment that an event's tags name; null if they name none. Sentry's uptime monitors say `prod` where nobody
 * gave them one.
 */
export function findEnvironment(event: SentryEvent | null): string | null {
  const named = event?.tags["environment"] || null;
  return named === "prod" && event?.tags["uptime_rule"] !== undefined ? null : named;
}
