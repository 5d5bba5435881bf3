import type { WatchSummary } from "@patchpilot/verdict";

/** Whether Sentry has seen a closed error again: asked of all of them in lists, before anything is counted. */
export type SignFact =
  /** `at` null: never in this environment. */
  | { readonly state: "seen"; readonly at: number | null }
  /** Sentry knows it no more: somebody deleted it, or merged it into another. */
  | { readonly state: "gone" }
  | { readonly state: "unknown"; readonly detail: string };

/** What came after a close. */
export type WatchFact =
  | {
      readonly state: "counted";
      /** Hours that were counted: since the close, or the last ones of it. */
      readonly hours: number;
      readonly sinceClose: boolean;
      /** Over the releases with the fix; over all, where they cannot be separated. */
      readonly fixed: WatchSummary;
      /** Over all releases; absent where they cannot be separated. */
      readonly all?: WatchSummary;
      /** The share of the traffic that releases with the fix had up to the close, and have had lately. */
      readonly share?: { readonly before: number; readonly lately: number };
      /** Is there traffic now? null: not known. */
      readonly alive: boolean | null;
      /** The sampling rate is as it was before the deploy. */
      readonly sameSampling: boolean;
      /** It is not, so errors were counted against time. */
      readonly byClock?: boolean;
      /** The releases that raised the most errors since the close. */
      readonly raisedBy: readonly RaisingRelease[];
    }
  | {
      readonly state: "unknown";
      readonly detail: string;
      /** No later run will know more by itself. */
      readonly lasting?: true;
    };

/** `release` null: errors that name none. */
export type RaisingRelease = {
  readonly release: string | null;
  readonly errors: number;
  readonly fixed: boolean;
};
