import { attemptRecord, incidentOf } from "@patchpilot/incident/testing";
import { expect, test } from "vitest";
import { claimsOf, done, intent } from "../testing/claims.ts";
import { factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { planChanges } from "./changes.ts";
import { settleAttempt } from "./settle.ts";
import { findUnrecorded, pickEnded } from "./unrecorded.ts";

const AT_WORK = incidentOf({ attempts: [attemptRecord()] });
const TWO = claimsOf(done(), done({ cause: "retry" }));
const closed = closedAs("failed");

test("an attempt that another one follows is looked for if its record says no outcome", () => {
  expect(findUnrecorded(AT_WORK, TWO, 4242)).toEqual([{ attempt: 1, key: "pp-4242-12-a1" }]);
});

test("the newest attempt is not looked for: its gate is read anyway", () => {
  expect(findUnrecorded(AT_WORK, claimsOf(done()), 4242)).toEqual([]);
});

test("an attempt whose record says its outcome is not looked for", () => {
  const ended = incidentOf({ attempts: [attemptRecord({ outcome: "failed", phase: "requeued" })] });
  expect(findUnrecorded(ended, TWO, 4242)).toEqual([]);
});

test("an attempt of an earlier episode is not looked for", () => {
  expect(findUnrecorded(AT_WORK, claimsOf(done({ episode: 0 }), intent()), 4242)).toEqual([]);
});

test("an attempt whose gate is not closed has not ended", () => {
  expect(pickEnded([{ attempt: 1, key: "k" }], new Map([["k", working]]))).toEqual([]);
});

test("its record gets the outcome, and the incident stays with the newest attempt", () => {
  const unrecorded = pickEnded([{ attempt: 1, key: "k" }], new Map([["k", closed]]));
  const facts = factsOf({ incident: AT_WORK, claims: TWO, gate: working, unrecorded });
  const settings = settingsOf();
  const settled = [{ facts, settlement: settleAttempt(facts, settings) }];
  const nothing = { choices: new Map(), opened: [], declines: new Map(), missing: [], left: [], said: [] };
  const start = { via: "repository_dispatch", "event-type": "mend", workflow: "mend.yml" } as const;
  const context = { settings, agent: "codex", start, runHome: "https://github.com/acme/shop" };
  const [change] = planChanges({ settled, ...nothing }, context);
  expect(change?.records).toMatchObject([
    { kind: "attempt/1", data: { outcome: "failed", phase: "requeued" } },
    { kind: "attempt/2", data: { phase: "working" } },
  ]);
  expect(change?.phase).toBe("working");
});
