import type { ClaimFact } from "@patchpilot/incident";
import { minutesAfter } from "@patchpilot/incident/testing";
import type { Claim } from "@patchpilot/ledger";

const ISSUE = 12;

const common = { cause: "acceptance/e1", episode: 1, losses: 0, refusals: 0 };

export const intent = (change: object = {}): ClaimFact => ({
  state: "intent",
  ...common,
  run: "100",
  runAttempt: 1,
  deadline: minutesAfter(15),
  ...change,
});
export const done = (change: object = {}): ClaimFact => ({
  state: "done",
  ...common,
  confirmedAt: minutesAfter(1),
  ...change,
});
export const refused = (change: object = {}): ClaimFact => ({
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
