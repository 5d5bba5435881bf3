import type { RecoverySummary } from "@patchpilot/verdict";
import type { Aftermath } from "../worlds/relapses.ts";

/** What a look at a closed incident gets to see. */
export type WatchLook = Pick<Aftermath, "since" | "stragglers" | "releases"> & {
  /** The week before the deploy, as the close's record has it. */
  readonly before: RecoverySummary;
  /** Running sums of `since`: active buckets, and exposure, before each bucket. */
  readonly until: { readonly active: Float64Array; readonly exposure: Float64Array };
  /** How many buckets since the close are over; those from here on are not to be looked at. */
  readonly seen: number;
  /** Whatever else would be said is not asked for. */
  readonly onlyBack: boolean;
};

/** `tenth`: it is not back, but about a tenth of the old errors is left. */
export type Said = "back" | "tenth" | "away" | "cannot tell";

/** A rule of the watch. It keeps no state, so a look that was lost is lost for itself only. */
export type Detector = (look: WatchLook) => Said;
