import type { Groundwork } from "@patchpilot/incident";
import type { SkipReason } from "../contract.ts";

/** What dispatch does for one incident, once its last attempt is settled. */
export type Choice =
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
      /** A person's command that has a refused dispatch sent again; it opens nothing else. */
      readonly spends?: string;
    }
  | {
      readonly kind: "skip";
      readonly reason: SkipReason;
      readonly detail: string;
      /** No later run changes it by itself, so a person is told, with the remedy. */
      readonly forGood?: boolean;
    };

/** An incident that is passed over. */
export const skip = (reason: SkipReason, detail: string, forGood = false): Choice => ({
  kind: "skip",
  reason,
  detail,
  ...(forGood ? { forGood } : {}),
});
