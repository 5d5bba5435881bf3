import { attemptRecord, incidentOf, minutesAfter, recoveryRecord } from "@patchpilot/incident/testing";
import { expect } from "vitest";
import type { SkipReason } from "../contract.ts";
import type { DispatchChoice } from "../decide/choice.ts";
import { choose } from "../decide/choose.ts";
import { settleAttempt } from "../decide/settle.ts";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { claimsOf, closedAs, done, factsOf, label, settingsOf } from "./facts.ts";

/** What is chosen for an incident once its newest attempt is settled. */
export function chosen(facts: DispatchFacts, changes: Partial<DispatchSettings> = {}): DispatchChoice {
  const settings = settingsOf(changes);
  return choose(facts, settleAttempt(facts, settings), settings);
}

export const skipped = (reason: SkipReason) => expect.objectContaining({ kind: "skip", reason });
export const skippedForGood = (reason: SkipReason) =>
  expect.objectContaining({ kind: "skip", reason, forGood: true });
export const claim = (attempt: number, cause: string) => ({ kind: "claim", attempt, cause });

/** An incident in a phase that a label command may have ended. */
export const inPhase = (phase: "needs-human" | "requeued" | "verifying", issue = {}) =>
  incidentOf({ attempts: [attemptRecord({ phase, phaseAt: minutesAfter(50), reason: "why" })] }, issue);
export const commanded = (command: "accept" | "retry") => ({ commands: [label(command)] });

/** An incident whose merged attempt 1 did not help, as a verdict says. */
export const disproved = (verdict: Parameters<typeof recoveryRecord>[0] = {}) => {
  const retry = { phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" } as const;
  const incident = incidentOf({ recoveries: [recoveryRecord({ ...retry, ...verdict })] });
  return factsOf({ incident, claims: claimsOf(done()), gate: closedAs("merged", { mergeCommit: "abc" }) });
};
