import { attemptRecord, incidentOf, minutesAfter, recoveryRecord } from "@patchpilot/incident/testing";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { claimsOf, done } from "./claims.ts";
import { closedAs } from "./gates.ts";

/** An hour after everything in these fixtures began; every limit at its default. */
export const settingsOf = (changes: Partial<DispatchSettings> = {}): DispatchSettings => ({
  now: Date.parse(minutesAfter(60)),
  run: "900",
  runAttempt: 1,
  maxAttempts: 3,
  leaseMs: 15 * 60_000,
  startMs: 30 * 60_000,
  attemptMs: 6 * 3_600_000,
  minSeverity: "medium",
  minConfidence: 0.75,
  autonomy: "draft-pr",
  allow: ["close", "retry", "escalate"],
  approval: "none",
  redispatch: false,
  spend: { reserve: {}, caps: [], prices: { models: new Map() } },
  maxCiRepairs: 2,
  ...changes,
});

/** The time so many minutes after everything began, in milliseconds. */
export const at = (minutes: number): number => Date.parse(minutesAfter(minutes));

/** An accepted incident that was never claimed; `changes` replaces what a test is about. */
export const factsOf = (changes: Partial<DispatchFacts> = {}): DispatchFacts => ({
  incident: incidentOf(),
  claims: [],
  gate: { state: "absent" },
  runs: [],
  pullRequest: undefined,
  vouchedBy: {},
  repositoryId: 4242,
  ...changes,
});

/** An incident whose attempt 1 is recorded as being at work. */
export const atWork = (changes: Partial<DispatchFacts> = {}): DispatchFacts =>
  factsOf({ incident: incidentOf({ attempts: [attemptRecord()] }), claims: claimsOf(done()), ...changes });

/** An incident whose merged attempt 1 did not help, as a verdict says. */
export const disproved = (verdict: Parameters<typeof recoveryRecord>[0] = {}) => {
  const retry = { phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" } as const;
  const incident = incidentOf({ recoveries: [recoveryRecord({ ...retry, ...verdict })] });
  return factsOf({ incident, claims: claimsOf(done()), gate: closedAs("merged", { mergeCommit: "abc" }) });
};
