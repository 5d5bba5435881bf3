import type { ProposedPull, WorkflowRun } from "@patchpilot/github";
import type { ClaimFact, CommandEvent, GateFact } from "@patchpilot/incident";
import { attemptRecord, incidentOf, minutesAfter, START } from "@patchpilot/incident/testing";
import type { Claim, Gate } from "@patchpilot/ledger";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";

const ISSUE = 12;

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
  ...changes,
});

/** The time so many minutes after everything began, in milliseconds. */
export const at = (minutes: number): number => Date.parse(minutesAfter(minutes));

const common = { cause: "acceptance/e1", episode: 1, losses: 0, refusals: 0 };
type Change = Readonly<Record<string, unknown>>;

export const intent = (change: Change = {}): ClaimFact => ({
  state: "intent",
  ...common,
  run: "100",
  runAttempt: 1,
  deadline: minutesAfter(15),
  ...change,
});
export const done = (change: Change = {}): ClaimFact => ({
  state: "done",
  ...common,
  confirmedAt: minutesAfter(1),
  ...change,
});
export const refused = (change: Change = {}): ClaimFact => ({
  state: "refused",
  ...common,
  refusals: 1,
  refusal: "GitHub answered 403.",
  run: "100",
  ...change,
});

/** Claims 1, 2, 3 … of the issue, as their refs say. */
export const claimsOf = (...facts: readonly Claim["fact"][]): Claim[] =>
  facts.map((fact, index) => ({ issue: ISSUE, attempt: index + 1, oid: `c${index + 1}`, fact }));

export const gateOf = (fact: GateFact): Gate => ({ state: "present", oid: "g1", fact });
export const working = gateOf({ state: "working", run: "500", runAttempt: 1 });
export const publishing = gateOf({ state: "publishing", run: "500", runAttempt: 1 });
export const closedAs = (
  outcome: Extract<GateFact, { state: "closed" }>["outcome"],
  change: Change = {},
): Gate => gateOf({ state: "closed", outcome, at: minutesAfter(50), ...change });

export const runOf = (changes: Partial<WorkflowRun> = {}): WorkflowRun => ({
  id: "500",
  attempt: 1,
  title: "patchpilot pp-4242-12-a1",
  ended: false,
  conclusion: null,
  createdAt: minutesAfter(2),
  updatedAt: minutesAfter(3),
  url: "https://github.com/acme/shop/actions/runs/500",
  ...changes,
});

export const pullRequestOf = (changes: Partial<ProposedPull> = {}): ProposedPull => ({
  number: 34,
  url: "https://github.com/acme/shop/pull/34",
  state: "open",
  draft: true,
  mergeCommit: null,
  mergedAt: null,
  branch: "patchpilot/12-a1",
  headOid: "c".repeat(40),
  ...changes,
});
export const merged = pullRequestOf({ state: "merged", mergeCommit: "abc", mergedAt: minutesAfter(40) });

export const label = (command: CommandEvent["command"], eventId = `LE_${command}`): CommandEvent => ({
  command,
  eventId,
  at: START,
  actor: { type: "User", id: 77, login: "maya" },
});

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
