import type { Allowable } from "@patchpilot/action-kit/contract";
import type { Phase } from "@patchpilot/incident";
import type {
  LatencyRecoverySummary,
  RecoverySummary,
  RecoveryVerdict,
  WatchBaseline,
} from "@patchpilot/verdict";
import type { HealthFact } from "./questions/health/facts.ts";
import type { TracingFact } from "./questions/latency/facts.ts";
import type { OperationFact } from "./questions/operation/facts.ts";
import type { ReleasesFact } from "./questions/releases/facts.ts";
import type { SensorFact } from "./questions/sensor/facts.ts";
import type { SiblingFact } from "./questions/siblings/facts.ts";
import type { SignFact, WatchFact } from "./questions/watch/facts.ts";

/**
 * Everything that a decision uses, as plain JSON: it is stored with the decision, and deciding again from it
 * gives the same decision. Instants are milliseconds since the epoch. A fact that is absent was not asked for.
 */
export type VerifyFacts = {
  /** What is to be over; absent: an error. `asked`: work that a person asked for, of which nothing is measured. */
  readonly kind?: "performance" | "asked";
  readonly phase: Phase;
  /** The label patchpilot:hold is set. */
  readonly held: boolean;
  readonly attemptsLeft: number;
  readonly fix: Fix;
  /** Set where this action closed the issue. */
  readonly close?: Close;
  readonly deployment?: DeploymentFact;
  readonly health?: HealthFact;
  readonly traffic?: TrafficFact;
  readonly errors?: ErrorsFact;
  /** What is read together with the errors, or the durations; absent where no release is named. */
  readonly releases?: ReleasesFact;
  readonly sibling?: SiblingFact;
  readonly sensor?: SensorFact;
  /** What has to be answered before a count closes it; absent in records from before this was written. */
  readonly closing?: readonly ClosingQuestion[];
  /** The errors against the requests of the operations in which they occurred; of what else would close. */
  readonly operation?: OperationFact;
  /** In the place of `errors` where the kind is `performance`. */
  readonly latency?: LatencyFact;
  /** Of a slow operation whose requests have stopped; absent where it is not known. */
  readonly tracing?: TracingFact;
  /** Of a closed error, in the place of `errors`. */
  readonly sign?: SignFact;
  readonly watch?: WatchFact;
};

/**
 * `merged`: a known commit, by an attempt of ours or by a person. `deployment`: nobody named a fix, so the first
 * production deployment after that instant counts, be it a person's fix or a rollback.
 */
export type Fix =
  | {
      readonly kind: "merged";
      readonly commit: string;
      readonly at: number;
      readonly attempt: number | null;
      readonly pullRequest: number | null;
    }
  | { readonly kind: "deployment"; readonly after: number };

/** The looks after a close at which an answer is written down, whatever it is. */
export const LOOKS = ["24h", "7d"] as const;
export type DueLook = (typeof LOOKS)[number];

export type Close = {
  readonly at: number;
  readonly looks: readonly DueLook[];
  /** A bot reopened it since: an answer is due until it is closed again. */
  readonly reopened?: true;
  /** The record says already that Sentry knows the error no more. */
  readonly gone?: true;
  /** Absent where the record of the close holds no counts of errors. */
  readonly old?: OldCounts;
};

/** The error before the deploy, and what its traffic was counted in. */
export type OldCounts = {
  readonly before: OldRate;
  readonly source: ExposureSource;
  /** The apps whose traffic counted; absent: all. */
  readonly apps?: readonly string[];
};
export type OldRate = WatchBaseline & Pick<RecoverySummary, "known0">;

export type ProductionSource = "vercel" | "github" | "sentry" | "input" | "traffic";

export type DeploymentFact =
  | {
      readonly state: "live";
      readonly source: ProductionSource;
      readonly sha: string | null;
      /** Since when production has had the fix without a break: the anchor of all counts. */
      readonly since: number;
      /** The commit that carries the fix under another name, if it is live by that. */
      readonly pick?: string;
    }
  | {
      /** `suspected`: somebody has to look at a commit to tell. */
      readonly state:
        | "pending"
        | "staged"
        | "failed"
        | "rolled-back"
        | "reverted"
        | "suspected"
        | "absent"
        | "unknown";
      readonly sha: string | null;
      /** A sentence, with the remedy where the configuration is at fault. */
      readonly detail: string;
      /** With `unknown`: nothing at all tells what is deployed, so no later run will know more. */
      readonly untold?: true;
      /** From when on a person is asked; absent: a week after the merge. */
      readonly until?: number;
    };

/** Where exposure is counted; `clock` is time alone, for want of anything better. */
export type ExposureSource = "spans" | "sessions" | "posthog" | "clock";

/** The input `exposure`. */
export type ExposureChoice = "auto" | ExposureSource;

/** Since when nobody uses the app, what the same hours used to have, and the log of the chance of that by chance. */
export type GoneFact = { readonly since: number; readonly expected: number; readonly logChance: number };

export type TrafficFact =
  | {
      readonly state: "counted";
      readonly source: ExposureSource;
      /** null: nothing is known yet, or none is to be expected at this hour. */
      readonly alive: boolean | null;
      /** All use has stopped since the deploy, at hours at which it never did; absent: it has not, or that cannot be known. */
      readonly gone?: GoneFact;
    }
  | { readonly state: "unknown"; readonly detail: string };

export type ErrorsFact =
  | {
      readonly state: "counted";
      /** Its gates are those of the counts; the other questions' gates are added when deciding. */
      readonly summary: RecoverySummary;
      readonly source: ExposureSource;
      /** Counted over the releases with the fix only; false: over all, as they cannot be told apart. */
      readonly byRelease: boolean;
      /** Active buckets with errors that may be of a release with the fix; absent: all that are counted. */
      readonly possiblyFixed?: number;
      /** The apps whose traffic counts, where others share the project; absent: all. */
      readonly apps?: readonly string[];
    }
  | { readonly state: "unknown"; readonly detail: string };

/** The durations of one operation. */
export type LatencyFact =
  | {
      readonly state: "counted";
      /** Its gates are those of the counts; the other questions' gates are added when deciding. */
      readonly summary: LatencyRecoverySummary;
      /** Over all releases, where `summary` is over those with the fix and others are in use beside them. */
      readonly all?: LatencyRecoverySummary;
    }
  | { readonly state: "unknown"; readonly detail: string };

/** A question whose answer is dear: asked only of what would otherwise close. */
export type ClosingQuestion = "operation" | "sibling" | "sensor";

/** The part of the inputs that decisions depend on; stored with them. */
export type VerifySettings = {
  readonly allow: readonly Allowable[];
  readonly minDeployAgeMs: number;
  /** Absent: 72 h for rare errors, else 48. */
  readonly capHours?: number;
};

/**
 * close: recovered. wait: look again. retry: another attempt. escalate: a person has to look. watch: no fix is known,
 * and nothing changes until a deployment proves to be one. skip: nothing to serve. After a close: confirm: it is still
 * away. doubt: that is not clear. reopen: it is back.
 */
export type DecisionKind =
  | "close"
  | "wait"
  | "retry"
  | "escalate"
  | "reopen"
  | "confirm"
  | "doubt"
  | "watch"
  | "skip";

/** `unmeasured`: there is nothing to measure, so nothing is proven. */
export type VerifyVerdict = RecoveryVerdict | "unknown" | "unmeasured";

export const CHECKS = ["fix", "deployment", "health", "traffic", "errors", "latency"] as const;
export type CheckName = (typeof CHECKS)[number];

export type VerifyCheck = {
  readonly name: CheckName;
  readonly state: "yes" | "no" | "unknown" | "skipped";
  /** A few words for people; it may change without the check changing. */
  readonly detail: string;
};

export type VerifyDecision = {
  readonly decision: DecisionKind;
  readonly verdict: VerifyVerdict;
  /** One or two sentences to be read alone, of at most about 200 signs. */
  readonly reason: string;
  /** What you have to do; null: nothing. */
  readonly next: string | null;
  /** The numbers behind the reason, a sentence each. */
  readonly odds: readonly string[];
  /** `traffic`: nobody reaches the app since the deploy. `unread`: what a decision needs cannot be read up to the cap. */
  readonly needs?: "traffic" | "unread";
  /** When the next answer is expected if nothing more happens, ISO 8601; set on every wait. */
  readonly eta: string | null;
  readonly checks: readonly VerifyCheck[];
  /** What the labels show after it. */
  readonly phase: Phase;
  /** Also resolve the error in Sentry. */
  readonly resolve: boolean;
  /** Looks after the close that this decision completes. */
  readonly looks: readonly DueLook[];
  readonly numbers: Replay;
};

/** What to store so that `replay` gives the same decision. */
export type Replay = { readonly facts: VerifyFacts; readonly now: number; readonly settings: VerifySettings };
