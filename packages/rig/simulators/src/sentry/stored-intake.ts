import type { SdkEvent } from "./sdk-event.ts";
import type { ApiEvent } from "./stored-event.ts";

/** What becomes of error events on their way, as `/stats_v2/` counts it. */
export type StoredOutcome = {
  readonly projectId: string;
  /** Receipt, or loss. */
  readonly at: number;
  readonly outcome: "accepted" | "filtered" | "rate_limited" | "client_discard";
  /** In Sentry's or an SDK's word; "none" where nothing is lost. */
  readonly reason: string;
  readonly quantity: number;
};

/** Something on the way that loses events: an SDK that samples, a filter, a limit. */
export type Leak = {
  readonly outcome: Exclude<StoredOutcome["outcome"], "accepted">;
  readonly reason: string;
  /** In milliseconds since the epoch, the end excluded; default: always. */
  readonly from?: number;
  readonly until?: number;
  /** The share of events that it loses, evenly; default 1. */
  readonly share?: number;
  /** The events that it concerns; default: all. */
  readonly concerns?: (event: SentEvent["event"]) => boolean;
};

/** A stretch in which events are stored later than they happen. */
export type Lateness = { readonly from: number; readonly until?: number; readonly ms: number };

/** The way of events into the simulated Sentry. */
export type Intake = {
  /** In the order in which events meet them, with what each has not lost so far. */
  readonly leaks: { readonly leak: Leak; owed: number }[];
  readonly delays: Lateness[];
  readonly outcomes: StoredOutcome[];
  /** Events that are received and not stored yet. */
  backlog: (SentEvent & { readonly due: number })[];
};

/** An error event on its way; `api` may be shared among many. */
export type SentEvent = {
  readonly projectId: string;
  readonly fingerprint: string;
  readonly api: ApiEvent;
  readonly event: SdkEvent;
  readonly at: number;
};
