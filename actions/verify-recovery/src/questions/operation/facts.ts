import type { RecoverySummary } from "@patchpilot/verdict";

/** `none`: the operations are not known, so the traffic of the whole project counts. */
export type OperationFact =
  | {
      readonly state: "counted";
      /** As `errors.summary`, against the requests of these operations alone. */
      readonly summary: RecoverySummary;
      /** Names of transactions, the one with most errors first: hostile text. */
      readonly names: readonly string[];
    }
  | { readonly state: "none" }
  | { readonly state: "unknown"; readonly detail: string };
