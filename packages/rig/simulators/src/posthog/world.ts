import type { VirtualClock } from "../clock.ts";
import type { IngestedEvent } from "./ingest.ts";

export type PostHogProject = {
  readonly number: number;
  /** Public key (`phc_…`) that SDKs send events with; it cannot read. */
  readonly token: string;
  readonly events: IngestedEvent[];
  /** Queries that are answered later. */
  readonly pending: Map<string, { readonly answer: object; polls: number }>;
};

/** Everything that the simulated PostHog knows. */
export type PostHogWorld = {
  readonly clock: VirtualClock;
  /** By project id, as it stands in a path. */
  readonly projects: Map<string, PostHogProject>;
  /** Personal key (`phx_…`) -> its scopes. */
  readonly keys: Map<string, readonly string[]>;
  /** How often a query is asked after before its answer is there; 0: answered at once. */
  pollsBeforeAnswer: number;
};
