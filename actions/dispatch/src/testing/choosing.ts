import { expect } from "vitest";
import type { SkipReason } from "../contract.ts";
import type { DispatchChoice } from "../decide/choice.ts";
import { choose } from "../decide/choose.ts";
import { settleAttempt } from "../decide/settle.ts";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { settingsOf } from "./facts.ts";

/** What is chosen for an incident once its newest attempt is settled. */
export function chosen(facts: DispatchFacts, changes: Partial<DispatchSettings> = {}): DispatchChoice {
  const settings = settingsOf(changes);
  return choose(facts, settleAttempt(facts, settings), settings);
}

export const skipped = (reason: SkipReason) => expect.objectContaining({ kind: "skip", reason });
export const skippedForGood = (reason: SkipReason) =>
  expect.objectContaining({ kind: "skip", reason, forGood: true });
export const claim = (attempt: number, cause: string) => ({ kind: "claim", attempt, cause });
