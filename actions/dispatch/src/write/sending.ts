import { type ClaimFact, type Groundwork, pickGroundwork } from "@patchpilot/incident";
import type { FactBase } from "@patchpilot/ledger";
import type { SkipReason } from "../contract.ts";
import type { Choice } from "../decide/choice.ts";
import type { Facts } from "../facts.ts";
import type { Lessons } from "../lessons/learn.ts";

/** An attempt that this run may open: chosen, and within the budgets. */
export type Opening = { readonly facts: Facts; readonly choice: Exclude<Choice, { kind: "skip" }> };

/** What the attempt builds on: as it is chosen, or as its claim says already. */
export function groundOf({ facts, choice }: Opening): Groundwork {
  if (choice.kind === "claim") return choice.ground ?? {};
  const fact = facts.claims.find(({ attempt }) => attempt === choice.attempt)?.fact;
  return fact === undefined || fact === "unreadable" ? {} : pickGroundwork(fact);
}

/** What came of it. `claim` is the claim as it now stands, for the record. */
export type Opened =
  | {
      readonly kind: "dispatched";
      readonly facts: Facts;
      readonly key: string;
      readonly attempt: number;
      readonly runId: string | null;
    }
  | { readonly kind: "skipped"; readonly facts: Facts; readonly reason: SkipReason; readonly detail: string };

/** An attempt that this run has claimed. */
export type Intent = {
  readonly opening: Opening;
  readonly key: string;
  readonly oid: string;
  readonly fact: Extract<ClaimFact, { state: "intent" }>;
};

/** What came of sending it. */
export type Sent =
  | { readonly intent: Intent; readonly kind: "sent"; readonly runId: string | undefined }
  | {
      readonly intent: Intent;
      readonly kind: "refused";
      readonly reason: string;
      /** GitHub's or the run's own limit: asking later is all it takes. */
      readonly passing: boolean;
    }
  | { readonly intent: Intent; readonly kind: "unconfirmed"; readonly reason: string };

/** What opening needs beside the openings. */
export type Site = {
  readonly repositoryNodeId: string;
  readonly repositoryId: number;
  readonly repository: string;
  readonly base: FactBase;
  /** Where `workflow_dispatch` runs. */
  readonly branch: string;
  /** What earlier attempts teach. */
  readonly lessons: Lessons;
};
