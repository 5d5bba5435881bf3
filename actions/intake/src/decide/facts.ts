import type { Thrown } from "@patchpilot/evidence";
import type { Incident, Severity } from "@patchpilot/incident";
import type { SentryEvent, SentryIssue } from "@patchpilot/sentry";
import type { IgnoreReason } from "../contract.ts";
import type { Recognised } from "./recognise.ts";

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
export type Subject = {
  readonly occasion: Occasion;
  readonly recognised: Recognised;
  /** A person with write access vouches for it (`patchpilot:accept`). */
  readonly vouched: boolean;
  readonly view: SentryView;
  /** In the place of a failure. */
  readonly request?: Request;
};

/** One issue on its way in, with everything that is known of it. */
export type Candidate = Subject & { readonly incident: Incident };

/** An issue that is passed over. */
export type Ignored = { readonly issue: number; readonly reason: IgnoreReason; readonly detail: string };

/** An open pull request that may be a fix. */
export type OpenPullRequest = {
  readonly number: number;
  readonly url: string;
  /** Whether its author may write here, or is Sentry's Seer: others could stop repairs by opening one. */
  readonly trusted: boolean;
  /** Whether PatchPilot opened it. */
  readonly ours: boolean;
  readonly title: string;
  readonly body: string;
  readonly closes: readonly number[];
};

/** The inputs that decide. */
export type Settings = {
  readonly hasSentry: boolean;
  readonly sentryUrl: string;
  readonly organization: string | undefined;
  readonly projects: readonly string[];
  readonly environment: string;
  readonly authors: readonly string[];
  readonly minEvents: number;
  readonly minSeverity: Severity;
  readonly limit: number;
  readonly suspectFiles: number;
  readonly similarIncidents: number;
};

/** The exceptions of a candidate: Sentry's event, else what the issue's text holds. */
export function chainOf({ view, recognised }: Pick<Subject, "view" | "recognised">): readonly Thrown[] {
  const event = view.state === "read" ? view.event : null;
  if (event === null || event.exceptions.length === 0) return recognised.chain;
  return event.exceptions;
}
