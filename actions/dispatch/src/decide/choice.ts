import type { ClaimFact, Groundwork } from "@patchpilot/incident";
import type { SkipReason } from "../contract.ts";
import type { DispatchFacts } from "../facts.ts";

/** What dispatch does for one incident, once its last attempt is settled. */
export type DispatchChoice =
  | {
      readonly kind: "claim";
      readonly attempt: number;
      readonly cause: string;
      readonly ground?: Groundwork;
    }
  /** The same attempt again: claimed by a run that never confirmed, refused, or lost once. */
  | {
      readonly kind: "repeat";
      readonly attempt: number;
      readonly losses: number;
      /** A command that sends a refused dispatch again; it opens nothing else. */
      readonly spends?: string;
    }
  | {
      readonly kind: "skip";
      readonly reason: SkipReason;
      readonly detail: string;
      /** No later run changes it by itself, so the issue says it, with the remedy. */
      readonly forGood?: boolean;
    };

/** An attempt that this run may open: chosen, and within the budgets. */
export type Opening = {
  readonly facts: DispatchFacts;
  readonly choice: Exclude<DispatchChoice, { kind: "skip" }>;
};

/** An attempt with what it may spend, as the sum of a month has it. */
export type BookedOpening = Opening & { readonly reserves?: ClaimFact["reserves"] };

/** What came of it: `facts` holds the claim as it is now, for the record. */
export type OpenedAttempt =
  | {
      readonly kind: "dispatched";
      readonly facts: DispatchFacts;
      readonly key: string;
      readonly attempt: number;
      readonly runId: string | null;
    }
  | {
      readonly kind: "skipped";
      readonly facts: DispatchFacts;
      readonly reason: SkipReason;
      readonly detail: string;
    };

export const failOpening = (facts: DispatchFacts, reason: SkipReason, detail: string): OpenedAttempt => ({
  kind: "skipped",
  facts,
  reason,
  detail,
});

/** A cap of what may be spent is reached: the issue says so, and the incident waits as it is. */
export const isCapped = (choice: DispatchChoice): boolean =>
  choice.kind === "skip" && choice.reason === "spend-cap";

/** An incident that is passed over. */
export const skip = (reason: SkipReason, detail: string, forGood = false): DispatchChoice => ({
  kind: "skip",
  reason,
  detail,
  ...(forGood ? { forGood } : {}),
});
