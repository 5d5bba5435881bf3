import type { Loss, SensorSummary } from "@patchpilot/verdict";

/** Whether errors would arrive if there were any. */
export type SensorFact =
  | {
      readonly state: "counted";
      readonly summary: SensorSummary;
      /** Outcome and reason under which most were lost, as `rate_limited:error_usage_exceeded`. */
      readonly reasons: { readonly [Name in Loss]?: string };
    }
  | { readonly state: "unknown"; readonly detail: string };
